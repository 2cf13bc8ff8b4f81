"""Rows whose records have moved since somebody confirmed their figures: for the desk and its badge."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet

from jianfu.audit.selectors import Memory
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from ledger.models import Ledger, LedgerRow
from ledger.states import REPORTED, LedgerState

from . import figures
from .asked import Asked
from .origins import change_of


def moved_rows(user: Any) -> QuerySet[LedgerRow]:
    """Those that wait for this person to confirm again, or to be returned."""
    rows = LedgerRow.objects.visible_to(user)
    mine = user.organisation_ids(Role.SECTION_CLERK)
    if not mine and not user.has(Role.LEDGER_OFFICE):
        return rows.none()
    memory = Memory(user, dates.today())
    found = memory.recall("ledger.moved", partial(_moved, memory, user.district_id), for_everybody=True)
    moved = rows.filter(pk__in=found, state__in=REPORTED)
    return moved if user.has(Role.LEDGER_OFFICE) else moved.of_sections(mine)


def _moved(memory: Memory, district_id: int) -> list[int]:
    ledgers = Ledger.objects.filter(district_id=district_id, state=LedgerState.OPENED)
    open_ones = ledgers.select_related("district", "template")
    return [pk for ledger in open_ones for pk in moved_of(ledger, memory)]


def moved_of(ledger: Ledger, memory: Memory | None = None) -> list[int]:
    asked, reported = Asked(ledger, memory), ledger.rows.filter(state__in=REPORTED)
    cells = figures.cells_of(ledger, reported.prefetch_related("blanks").order_by("number"), asked)
    this = cells.elsewhere | {blank.code: blank.value for row in cells.rows for blank in row.blanks.all()}

    def moved(row: LedgerRow) -> bool:
        said = ((blank, figures.measure(blank, cells.last, this, asked).value) for blank in row.blanks.all())
        return any(change_of(row, blank, now) for blank, now in said)

    found = [row.pk for row in cells.rows if moved(row)]
    asked.keep()
    return found
