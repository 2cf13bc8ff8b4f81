"""What waits for whom, counted in one query."""

from datetime import date
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from jianfu.organisations.states import Role
from ledger.desk import form as desk
from ledger.models import LedgerRow
from ledger.states import RowState
from tests.factories import World
from tests.ledger.forms import brought_to, clerk, office, opened, row_of

TODAY = date(2026, 11, 21)


def numbers(user: Any) -> list[int]:
    return sorted(LedgerRow.objects.waiting_for(user).values_list("number", flat=True))


def test_a_clerk_has_the_rows_of_their_section_and_the_office_what_was_reported(world: World) -> None:
    ledger = opened(world)
    assert numbers(clerk(world)) == [6, 8, 9, 10, 14]
    assert numbers(office(world)) == []
    brought_to(RowState.SUBMITTED, row_of(ledger, 8), world)
    brought_to(RowState.ACCEPTED, row_of(ledger, 9), world)
    brought_to(RowState.RETURNED, row_of(ledger, 14), world)
    assert numbers(clerk(world)) == [6, 10, 14]
    assert numbers(office(world)) == [8]


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.SECTION_CLERK, Role.LEDGER_OFFICE}])
def test_nothing_waits_for_anybody_else(world: World, role: Role) -> None:
    brought_to(RowState.SUBMITTED, row_of(opened(world), 8), world)
    assert numbers(world.user(role)) == []


def test_matters_say_what_and_until_when(world: World) -> None:
    ledger = opened(world)
    brought_to(RowState.RETURNED, row_of(ledger, 14), world)
    matters = desk.todo(clerk(world), TODAY)
    assert [(m.title[:6], m.kind, m.action) for m in matters][-1] == ("第 14 项", "台账退回", "修改")
    assert {m.remaining.words for m in matters} == {"剩 14 天"}


@pytest.mark.parametrize("rows", [1, 3])
def test_counting_is_two_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    ledger = opened(world)
    for number in (8, 9, 14)[:rows]:
        brought_to(RowState.SUBMITTED, row_of(ledger, number), world)
    for user, expected in ((clerk(world), 5 - rows), (office(world), rows)):
        assert desk.todo_count(user, TODAY) == expected  # counts the registers until an event
        with django_assert_num_queries(2):
            assert desk.todo_count(user, TODAY) == expected


def test_what_was_reported_or_answered_is_done(world: World) -> None:
    ledger = opened(world)
    brought_to(RowState.SUBMITTED, row_of(ledger, 8), world)
    brought_to(RowState.RETURNED, row_of(ledger, 9), world)
    brought_to(RowState.ACCEPTED, row_of(ledger, 14), world)
    assert done_numbers(clerk(world)) == ["14", "8"]
    assert done_numbers(office(world)) == ["14", "9"]


def done_numbers(user: Any) -> list[str]:
    return sorted(matter.title.split()[1] for matter in desk.done(user, TODAY))
