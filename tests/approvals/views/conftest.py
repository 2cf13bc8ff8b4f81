import pytest
from django.urls import reverse


def page(name, *args):
    return reverse(f"approvals:{name}", args=args)


@pytest.fixture
def as_(client, world):
    def sign_in(role, **more):
        user = world.user(role, **more)
        client.force_login(user)
        return client

    return sign_in
