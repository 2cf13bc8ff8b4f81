"""A year brought to any state of its closing, by the people who would do it."""

from __future__ import annotations

from datetime import date
from typing import Any

from jianfu.kernel import dates
from jianfu.organisations.states import Role
from ledger.models import Ledger, LedgerTemplate
from ledger.services.assigning import assign_sections
from ledger.services.opening import open_past
from ledger.services.reviewing import accept_rows
from ledger.services.templates import load_templates
from ledger.states import PAST, LedgerState
from ledger.workflow import LEDGER, ROW
from tests.factories import World
from tests.ledger.forms import YEAR, filled, office, opened, row_of

FILED = {"body": "市教委师范处", "document_number": "云教委发[2026]05号", "filed_on": None}
WAY = (
    (LedgerState.SUMMARISED, "summarise", Role.LEDGER_OFFICE),
    (LedgerState.SIGNED, "sign", Role.LEADER),
    (LedgerState.LOCKED, "lock", Role.LEDGER_OFFICE),
    (LedgerState.FILED, "file_", Role.LEDGER_OFFICE),
)


def whole(world: World, year: int = YEAR) -> Ledger:
    """Every row accepted, filled by clerks of their own sections."""
    ledger = opened(world, year=year)
    clerks = [
        world.user(Role.SECTION_CLERK, place=place, key=f"clerk of {place}")
        for place in ("supervision", "office", "section", "other_section", "personnel")
    ]
    assign_sections(row=row_of(ledger, 12), lead=world.place("office"), by=office(world))
    for row in ledger.rows.all():
        by = next(user for user in clerks if ROW.decide(row, "start", user))
        ROW.perform(filled(row, by), "submit", by=by)
    rows = list(ledger.rows.all())
    accept_rows(rows=rows, versions={row.pk: row.version for row in rows}, by=office(world))
    return ledger


PAST_WAY = (
    (LedgerState.CHECKING, "hand_over", Role.LEDGER_OFFICE),
    (LedgerState.RECORDED, "record", Role.LEADER),
)


def entered(world: World, year: int = YEAR - 1) -> Ledger:
    """A year of before with row 8 as the office typed it in from its paper."""
    load_templates(pattern="wulong-000.json")
    template = LedgerTemplate.objects.newest().get(code="wulong-000")
    ledger = open_past(template=template, year=year, source="《2025年台账》", by=office(world))
    filled(row_of(ledger, 8), office(world))
    return ledger


def filing(on: date | None = None, **more: Any) -> dict[str, Any]:
    return {**FILED, "filed_on": on or dates.today(), **more}


def taken(ledger: Ledger, name: str, by: Any, **more: Any) -> Ledger:
    data = filing() if name in {"file_", "record"} else {}
    return LEDGER.perform(ledger, name, by=by, **{"data": data, **more})


def year_at(state: LedgerState, world: World, year: int = YEAR) -> Ledger:
    ledger = entered(world) if state in PAST else whole(world, year)
    for target, name, role in PAST_WAY if state in PAST else WAY:
        if ledger.state == state:
            break
        ledger = taken(ledger, name, world.user(role))
        assert ledger.state == target
    return ledger
