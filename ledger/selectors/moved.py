"""Rows whose records have moved since somebody confirmed their figures: for the desk and its badge."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from jianfu.audit.selectors import Memory
from jianfu.kernel import dates
from jianfu.kernel.indicators import INDICATORS
from jianfu.organisations.states import Role
from ledger.models import BlankValue, Ledger, LedgerRow
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
    asked = Asked(ledger, memory)
    cells = figures.cells_of(ledger, _reported(ledger).prefetch_related("blanks"), asked)
    this = cells.elsewhere | {blank.code: blank.value for row in cells.rows for blank in row.blanks.all()}

    def moved(row: LedgerRow) -> bool:
        said = ((blank, figures.measure(blank, cells.last, this, asked).value) for blank in row.blanks.all())
        return any(change_of(row, blank, now) for blank, now in said)

    found = [row.pk for row in cells.rows if moved(row)]
    asked.keep()
    return found


def _reported(ledger: Ledger) -> QuerySet[LedgerRow]:
    """The rows whose figures the records know, or knew once; a form may have thousands of others."""
    known = Q(code__in=list(INDICATORS)) | ~Q(compares="") | Q(computed__isnull=False) | ~Q(computed_text="")
    counted = BlankValue.objects.filter(known, row__ledger=ledger).order_by().values("row")
    rows: QuerySet[LedgerRow] = ledger.rows.filter(state__in=REPORTED, pk__in=counted).order_by("number")
    return rows
