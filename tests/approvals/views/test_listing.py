"""The list of the district, and of the department."""

import pytest
from django.core.cache import cache

from approvals.states import State
from approvals.views import listing
from jianfu.kernel import registry, trail
from jianfu.organisations.states import Role
from tests.approvals.factories import (
    application_at,
)
from tests.approvals.views.conftest import page


def test_an_empty_list_says_what_where_and_what_next(as_):
    body = as_(Role.LEADER).get(page("application_list"), {"q": "没有"}).content.decode()
    assert "没有申请" in body
    assert "看全部申请" in body


@pytest.mark.parametrize(
    "query", [{"page": "-1"}, {"page": "x"}, {"sort": "-state"}, {"sort": "'"}, {"tab": "x"}]
)
def test_a_list_asked_wrongly_is_still_a_list(world, as_, query):
    application_at(State.SUBMITTED, world)
    assert as_(Role.LEADER).get(page("application_list"), query).status_code == 200


# Without the bar and its badge, whose cost belongs to the apps that fill them.
LISTS = [
    (Role.PUBLICATION_CLERK, "/approvals/?tab=all", 9),
    (Role.APPLICANT, "/approvals/mine/", 12),
]


@pytest.mark.parametrize(("role", "address", "queries"), LISTS)
def test_a_list_costs_the_same_for_one_row_and_three(
    world, as_, monkeypatch, role, address, queries, django_assert_num_queries
):
    monkeypatch.setattr(registry.desks, "_items", {})
    monkeypatch.setattr(registry.navigation, "_items", {})
    client = as_(role)
    application_at(State.SUBMITTED, world)
    client.get(address)
    for _ in range(2):
        trail.record(action="something.happened", target=world.district, by=None)  # all is counted again
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200
        application_at(State.SUBMITTED, world)
        application_at(State.SUBMITTED, world)


def test_a_great_number_may_be_half_a_minute_old(world, client, monkeypatch):
    client.force_login(world.user(Role.PUBLICATION_CLERK))
    application_at(State.SUBMITTED, world)
    assert "共 1 条" in client.get("/approvals/?tab=all").content.decode()
    application_at(State.SUBMITTED, world)
    assert "共 2 条" in client.get("/approvals/?tab=all").content.decode()
    monkeypatch.setattr(listing, "MANY", 2)
    cache.clear()
    client.get("/approvals/?tab=all")
    application_at(State.SUBMITTED, world)
    assert "共 2 条" in client.get("/approvals/?tab=all").content.decode()
    cache.clear()
    assert "共 3 条" in client.get("/approvals/?tab=all").content.decode()
