"""Rows whose records have moved since somebody confirmed their figures: for the desk and its badge."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet

from jianfu.organisations.states import Role
from ledger.models import Ledger, LedgerRow
from ledger.states import REPORTED, LedgerState

from . import figures
from .origins import change_of
from .recent import SECONDS, Recent


def moved_rows(user: Any) -> QuerySet[LedgerRow]:
    """Those that wait for this person to confirm again, or to be returned."""
    rows = LedgerRow.objects.visible_to(user)
    mine = user.organisation_ids(Role.SECTION_CLERK)
    if not mine and not user.has(Role.LEDGER_OFFICE):
        return rows.none()
    moved = rows.filter(pk__in=_moved(user.district_id), state__in=REPORTED)
    return moved if user.has(Role.LEDGER_OFFICE) else moved.of_sections(mine)


def forget(district_id: int) -> None:
    """Somebody has just answered for a figure: the desk must not ask again."""
    cache.delete(_key(district_id))


def _key(district_id: int) -> str:
    return f"ledger-moved-{district_id}"


def _moved(district_id: int) -> list[int]:
    known: list[int] | None = cache.get(_key(district_id))
    if known is None:
        ledgers = Ledger.objects.filter(district_id=district_id, state=LedgerState.OPENED)
        open_ones = ledgers.select_related("district", "template")
        known = [pk for ledger in open_ones for pk in moved_of(ledger)]
        cache.set(_key(district_id), known, SECONDS)
    return known


def moved_of(ledger: Ledger) -> list[int]:
    rows = list(ledger.rows.prefetch_related("blanks").order_by("number"))
    if not any(row.is_reported for row in rows):
        return []
    last = figures.last_year(ledger)
    asked = Recent(ledger)
    figures.bring_up_to_date(ledger, rows, last, asked=asked)
    this = {blank.code: blank.value for row in rows for blank in row.blanks.all()}

    def moved(row: LedgerRow) -> bool:
        blanks = [blank for blank in row.blanks.all() if not asked.is_older_than(blank)]
        said = ((blank, figures.measure(blank, last, this, asked).value) for blank in blanks)
        return row.is_reported and any(change_of(row, blank, now) for blank, now in said)

    found = [row.pk for row in rows if moved(row)]
    asked.keep()
    return found
