"""A year's ledger in the small district, opened and filled as people would."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from jianfu.organisations.states import Role
from ledger.models import Ledger, LedgerRow, LedgerTemplate
from ledger.services.filling import BlankInput, EntryInput, save_row
from ledger.services.opening import open_ledger
from ledger.services.templates import load_templates
from ledger.states import RowState
from ledger.workflow import ROW
from tests.factories import World

YEAR = 2026
FILL_BY = date(2026, 12, 10)

HELD = EntryInput(
    kind="held",
    name="统筹进校园活动",
    quantity=Decimal(12),
    unit="项",
    ratio=Decimal("50"),
    outcome="减少一半",
)
DECLINED = EntryInput(kind="declined", name="推销讲座", quantity=Decimal(3), unit="次")

# The way from one state to the next, and who takes it.
WAY = {
    RowState.SUBMITTED: ("submit",),
    RowState.RETURNED: ("submit", "return_"),
    RowState.ACCEPTED: ("submit", "accept"),
}


def office(world: World) -> Any:
    return world.user(Role.LEDGER_OFFICE)


def clerk(world: World) -> Any:
    """The clerk of 基教科, who answers for rows 6, 8, 9, 10 and 14."""
    return world.user(Role.SECTION_CLERK)


def opened(world: World, *, year: int = YEAR, code: str = "wulong-000") -> Ledger:
    load_templates(pattern=f"{code}.json")
    template = LedgerTemplate.objects.newest().get(code=code)
    return open_ledger(template=template, year=year, fill_by=FILL_BY.replace(year=year), by=office(world))


def row_of(ledger: Ledger, number: int) -> LedgerRow:
    return ledger.rows.get(number=number)


def filled(row: LedgerRow, by: Any, value: int = 5, source: str = "") -> LedgerRow:
    """One entry of each kind, and every blank with the same number or a word."""
    blanks = {
        blank.code: BlankInput("无" if blank.is_text else value, "按实际") for blank in row.blanks.all()
    }
    return save_row(row=row, by=by, entries=[HELD, DECLINED], blanks=blanks, source=source)


def brought_to(state: RowState, row: LedgerRow, world: World) -> LedgerRow:
    """The row in the wished state, by the clerk of 基教科 and the office."""
    if state == RowState.ASSIGNED:
        return row
    if state == RowState.ENTERED:
        return filled(row, office(world), source="《旧台账》")
    row = filled(row, clerk(world))
    for name in WAY.get(state, ()):
        by = clerk(world) if name == "submit" else office(world)
        row = ROW.perform(row, name, by=by, note="请补充" if name == "return_" else "")
    return row


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, *args: object) -> str:
    return reverse(f"ledger:{name}", args=args)


def typed(row: LedgerRow, *entries: dict[str, str], step: str = "save", **blanks: str) -> dict[str, str]:
    """What the row's page sends."""
    data = {"version": str(row.version), "step": step}
    data |= {"entries-TOTAL_FORMS": str(len(entries)), "entries-INITIAL_FORMS": str(row.entries.count())}
    for place, entry in enumerate(entries):
        data |= {f"entries-{place}-{name}": value for name, value in {"kind": "held", **entry}.items()}
    return data | {f"row{row.pk}-{code}": value for code, value in blanks.items()}
