"""The tables of one year and one term, gathered for one reader."""

from __future__ import annotations

from datetime import date
from typing import Any

from approvals.selectors import burdens_of_year
from ledger.models import Ledger, LedgerRow

from .against import Compared, figures_table, not_opened, reduction_table
from .hours import themes_table, units_table
from .late import items_table, problems_late, sections_table
from .tables import Table
from .weeks import SchoolTerm, weeks_table

TABLES = ("figures", "reduction", "late-sections", "late-items", "weeks", "hours-units", "hours-themes")


def ledger_of(user: Any, year: int) -> Ledger | None:
    return Ledger.objects.visible_to(user).select_related("district", "template").filter(year=year).first()


def dashboard(user: Any, year: int, term: SchoolTerm, on: date, *, order: str = "") -> list[Table]:
    """All tables, in the order of `TABLES`; without a ledger of the year what can be said without it."""
    ledger = ledger_of(user, year)
    rows = _rows(ledger, user) if ledger else []
    compared = Compared(ledger, rows) if ledger else None
    problems, burdens = problems_late(user, on), burdens_of_year(user, year)
    return [
        figures_table(compared) if compared else not_opened(year),
        reduction_table(compared, user, year),
        sections_table(rows, problems, on),
        items_table(ledger, rows, problems, user, on),
        weeks_table(user, term, order),
        units_table(burdens),
        themes_table(burdens),
    ]


def _rows(ledger: Ledger, user: Any) -> list[LedgerRow]:
    rows = LedgerRow.objects.visible_to(user).filter(ledger=ledger).for_grid().order_by("number")
    found = list(rows)
    for row in found:
        row.ledger = ledger
    return found
