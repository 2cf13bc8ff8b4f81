"""What other apps are told."""

import pytest

from approvals import selectors
from approvals.states import State
from jianfu.organisations.states import Role
from tests.approvals.factories import ANNUAL_STATES, application_at
from tests.factories import World


@pytest.mark.parametrize("state", ANNUAL_STATES)
def test_the_road_reaches_every_state(world: World, state: str) -> None:
    assert application_at(state, world).state == state


def test_awaiting_publication_is_filed_and_of_the_district(world: World, stranger_world: World) -> None:
    filed = application_at(State.FILED, world)
    application_at(State.FILED, stranger_world)
    application_at(State.APPROVED, world)
    assert list(selectors.awaiting_publication(world.district.pk)) == [filed]


def test_declined_of_the_year(world: World) -> None:
    rejected = application_at(State.REJECTED, world)
    assert list(selectors.declined(world.district.pk, rejected.year)) == [rejected]
    assert list(selectors.declined(world.district.pk, rejected.year - 1)) == []


def test_a_stranger_finds_no_application(world: World, stranger_world: World) -> None:
    filed = application_at(State.FILED, world)
    assert selectors.visible_application(world.user(Role.LEADER), filed.pk) == filed
    assert selectors.visible_application(stranger_world.user(Role.LEADER), filed.pk) is None
