"""Wrong passwords: after a few, the name waits at the place they came from, and nowhere else."""

from ipaddress import ip_network

import pytest
from django.urls import reverse

from jianfu.organisations.states import Role

PASSWORD = "correct-horse-9"


@pytest.fixture
def knock(world, client):
    """Try a password, from an address that the proxy in front tells."""
    name = world.user(Role.LEADER).username

    def sign_in(password, visitor):
        data = {"username": name, "password": password}
        return client.post(reverse("sign_in"), data, HTTP_X_FORWARDED_FOR=visitor).status_code

    return sign_in


def wear_out(knock, settings, visitor):
    return [knock("wrong", visitor) for _ in range(settings.AXES_FAILURE_LIMIT)]


def test_behind_the_own_proxy_one_visitor_s_misses_stop_nobody_else(knock, settings):
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1")]
    assert wear_out(knock, settings, "203.0.113.7")[-1] == 429
    assert knock(PASSWORD, "203.0.113.7") == 429
    assert knock(PASSWORD, "203.0.113.8") == 302


def test_nobody_gets_new_tries_by_telling_another_address(knock, settings):
    assert wear_out(knock, settings, "203.0.113.7")[-1] == 429
    assert knock(PASSWORD, "203.0.113.8") == 429
