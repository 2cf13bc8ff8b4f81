"""A version of the list of inspections for each moment at which it said something else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import transaction

from approvals.selectors import published_plans
from jianfu.kernel.workflow import save_tracked
from whitelist.inspections import InspectionListing, listing_of
from whitelist.models import InspectionLine, Release
from whitelist.states import Kind, LineChange
from whitelist.workflow import RELEASE

_TITLE, _LEAD = 1, 3  # the cells by which an item is known again


def follow_inspections(*, district: Any, year: int, by: Any, at: datetime) -> Release | None:
    """Called inside the transaction in which the plan or a single item was published, so that list and
    version cannot disagree. None where the list says what its last version says, or is not published."""
    with transaction.atomic():
        # Two single items at once: the second waits, and sees the first one's version.
        plan = published_plans(district.pk).filter(year=year).select_for_update().first()
        listing = listing_of(district, year) if plan else None
        if listing is None:
            return None
        before = _last(district, year)
        lines = list(_compared(listing, before))
        if before is not None and all(line.change == LineChange.KEPT for line in lines):
            return None
        return _write(district, year, before, lines, listing, by=by, at=at)


def _last(district: Any, year: int) -> Release | None:
    rows = Release.objects.public().filter(district=district, kind=Kind.INSPECTION, year=year)
    return rows.order_by("-serial").first()


def _compared(listing: InspectionListing, before: Release | None) -> Iterator[InspectionLine]:
    """Every line with what became of it; what the last version had and this one has not comes at the end."""
    rows = list(before.inspection_lines.exclude(change=LineChange.REMOVED)) if before else []
    known: dict[Any, list[InspectionLine]] = {}
    for row in rows:
        known.setdefault(_key(row.cells, row.single), []).append(row)
    position = 0
    for single, lines in ((False, listing.planned), (True, listing.single)):
        for line in lines:
            position += 1
            cells = [str(cell) for cell in line.cells]
            alike = known.get(_key(cells, single))
            change = _change(alike.pop(0) if alike else None, cells)
            yield InspectionLine(position=position, single=single, cells=cells, change=change)
    for row in chain.from_iterable(known.values()):
        position += 1
        yield InspectionLine(position=position, single=row.single, cells=row.cells, change=LineChange.REMOVED)


def _key(cells: list[str], single: bool) -> tuple[str, str, bool]:
    return cells[_TITLE], cells[_LEAD], single


def _change(was: InspectionLine | None, cells: list[str]) -> LineChange:
    if was is None:
        return LineChange.ADDED
    return LineChange.KEPT if was.cells[1:] == cells[1:] else LineChange.CHANGED


def _write(
    district: Any, year: int, before: Release | None, lines: list[InspectionLine], listing: InspectionListing,
    *, by: Any, at: datetime,
) -> Release:  # fmt: skip
    serial = before.serial + 1 if before else 1
    release = Release(
        district=district,
        kind=Kind.INSPECTION,
        year=year,
        serial=serial,
        title=f"{listing.title}（第{serial}版）",
        document_number=listing.approved_number[:60],
        state_entered_at=at,
    )
    save_tracked(release, by=by, reason="随督查检查年度计划", at=at)
    done: Release = RELEASE.perform(release, "follow", by=by, at=at)
    for line in lines:
        line.release = done
    InspectionLine.objects.bulk_create(lines)
    return done
