"""Two people at the same row or ledger at once, on PostgreSQL with real threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.states import Role
from ledger.models import Ledger, LedgerRow
from ledger.services.filling import save_row
from ledger.states import RowState
from ledger.workflow import ROW
from tests.factories import build_world
from tests.ledger.forms import DECLINED, HELD, brought_to, clerk, office, opened, row_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each gets when all begin together: a result, or the refusal."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            barrier.wait(10)
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(30) for future in [pool.submit(run, act) for act in acts]]


def refusals(found: list[Any]) -> list[Refused]:
    return [each for each in found if isinstance(each, Refused)]


def test_two_clerks_save_the_same_row() -> None:
    """The second sees the first one's words instead of writing over them."""
    world = build_world()
    row = row_of(opened(world), 8)
    other = world.user(Role.SECTION_CLERK, place="other_section", key="other clerk")
    found = at_once(
        lambda: save_row(row=row, by=clerk(world), entries=[HELD], expected_version=row.version),
        lambda: save_row(row=row, by=other, entries=[DECLINED], expected_version=row.version),
    )
    assert [type(each) for each in refusals(found)] == [Conflicted]
    assert row.entries.count() == 1
    words = LedgerRow.objects.get(pk=row.pk).implementation
    assert row.entries.get().name in words
    assert not (HELD.name in words and DECLINED.name in words)


def test_a_row_is_accepted_once() -> None:
    world = build_world()
    row = brought_to(RowState.SUBMITTED, row_of(opened(world), 8), world)
    second = world.user(Role.LEDGER_OFFICE, key="second office")
    found = at_once(
        lambda: ROW.perform(row, "accept", by=office(world)),
        lambda: ROW.perform(row, "return_", by=second, note="请补充"),
        lambda: ROW.perform(row, "accept", by=second),
    )
    row.refresh_from_db()
    accepted = row.history.filter(state=RowState.ACCEPTED).count()
    assert accepted <= 1
    assert row.state in {RowState.ACCEPTED, RowState.RETURNED}
    assert refusals(found)


def test_recalling_while_it_is_accepted() -> None:
    """One of the two wins; an accepted row is never open again without a word."""
    world = build_world()
    row = brought_to(RowState.SUBMITTED, row_of(opened(world), 8), world)
    found = at_once(
        lambda: ROW.perform(row, "recall", by=clerk(world)),
        lambda: ROW.perform(row, "accept", by=office(world)),
    )
    assert len(refusals(found)) == 1


def test_a_year_is_opened_once() -> None:
    world = build_world()
    opened(world, year=2025)  # the template is there
    office(world)
    found = at_once(lambda: opened(world), lambda: opened(world))
    assert len(refusals(found)) == 1
    assert Ledger.objects.filter(year=2026).count() == 1
