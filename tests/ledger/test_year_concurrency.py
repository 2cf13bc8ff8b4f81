"""The closing of a year under two hands at the same moment, real threads on PostgreSQL."""

from typing import Any

import pytest

from jianfu.kernel.decisions import Conflicted
from jianfu.organisations.models import User
from jianfu.organisations.states import Role
from ledger.models import Ledger, LedgerRow
from ledger.services.closing import record_receipt
from ledger.states import LedgerState, RowState
from ledger.workflow import LEDGER, ROW
from tests.factories import build_world
from tests.ledger.forms import office, row_of
from tests.ledger.test_form_concurrency import at_once, refusals
from tests.ledger.years import filing, whole, year_at

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def acting(ledger: Ledger, name: str, user: Any, **more: Any) -> Any:
    """The step as a page sends it: a stale instance of its own, a person of its own request."""
    stale, by = Ledger.objects.get(pk=ledger.pk), User.objects.get(pk=user.pk)
    return lambda: LEDGER.perform(stale, name, by=by, note="核对数字", **more)


def test_signing_while_another_leader_returns() -> None:
    world = build_world()
    ledger = year_at(LedgerState.SUMMARISED, world)
    second = world.user(Role.LEADER, key="second leader")
    found = at_once(acting(ledger, "sign", world.user(Role.LEADER)), acting(ledger, "return_", second))
    assert len(refusals(found)) == 1
    ledger.refresh_from_db()
    last = ledger.steps.first()
    assert ledger.state == last.target
    assert ledger.steps.filter(source=LedgerState.SUMMARISED).count() == 1


def test_signing_while_the_office_recalls() -> None:
    """Whichever comes first holds: a year that was recalled bears no signature, a signed one is not open."""
    world = build_world()
    ledger = year_at(LedgerState.SUMMARISED, world)
    found = at_once(acting(ledger, "sign", world.user(Role.LEADER)), acting(ledger, "recall", office(world)))
    assert len(refusals(found)) == 1
    ledger.refresh_from_db()
    last = ledger.steps.get(source=LedgerState.SUMMARISED)
    assert (ledger.state, last.transition) in {
        (LedgerState.SIGNED, "sign"),
        (LedgerState.OPENED, "recall"),
    }


def test_opening_again_while_a_colleague_files() -> None:
    """Whichever comes first, no filing is lost and none is written to a year that was opened."""
    world = build_world()
    ledger = year_at(LedgerState.LOCKED, world)
    second = world.user(Role.LEDGER_OFFICE, key="second office")
    at_once(acting(ledger, "reopen", office(world)), acting(ledger, "file_", second, data=filing()))
    ledger.refresh_from_db()
    filed = ledger.steps.filter(transition="file_").count()
    assert ledger.state == LedgerState.OPENED
    assert ledger.filings.count() == filed
    assert ledger.steps.filter(transition="reopen").count() == 1


def test_opening_again_while_a_colleague_files_the_version_they_saw() -> None:
    world = build_world()
    ledger = year_at(LedgerState.LOCKED, world)
    second, seen = world.user(Role.LEDGER_OFFICE, key="second office"), {"expected_version": ledger.version}
    found = at_once(
        acting(ledger, "reopen", office(world), **seen),
        acting(ledger, "file_", second, data=filing(), **seen),
    )
    assert [type(each) for each in refusals(found)] == [Conflicted]


def test_sending_while_a_row_is_returned() -> None:
    """A year that waits for its signature has no open row."""
    world = build_world()
    ledger = whole(world)
    row, second = row_of(ledger, 8), world.user(Role.LEDGER_OFFICE, key="second office")
    at_once(
        acting(ledger, "summarise", office(world)),
        lambda: ROW.perform(LedgerRow.objects.get(pk=row.pk), "return_", by=second, note="请补充"),
    )
    ledger.refresh_from_db()
    row.refresh_from_db()
    assert (ledger.state, row.state) in {
        (LedgerState.SUMMARISED, RowState.ACCEPTED),
        (LedgerState.OPENED, RowState.RETURNED),
    }


def test_two_enter_the_receipt() -> None:
    world = build_world()
    kept = year_at(LedgerState.FILED, world).filings.get()
    second = world.user(Role.LEDGER_OFFICE, key="second office")
    found = at_once(
        *(
            lambda by=by: record_receipt(
                filing=kept, data={"received_by": by.person.name}, by=by, expected_version=kept.version
            )
            for by in (office(world), second)
        )
    )
    assert [type(each) for each in refusals(found)] == [Conflicted]
