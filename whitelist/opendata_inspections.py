"""The list of inspections for other systems, in the frame of the whitelist's: see `opendata`.

A version is given in the words of its day, so the list in force is given in words, too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from . import opendata
from .inspections import COLUMNS, InspectionListing, lines_of_version
from .models import Release
from .states import Kind

# A cell of `COLUMNS` each; those of several parts are lists.
FIELDS = (
    *("position", "title", "inspection_kind", "lead_unit", "joint_units", "basis", "audience", "period"),
    *("frequency", "methods", "materials", "approval", "merged", "remark"),
)
SEVERAL = frozenset({"joint_units", "methods"})
EMPTY = frozenset({"无", "—"})


def record_in_force(listing: InspectionListing, newest: Release | None, on: date) -> dict[str, Any]:
    """The list of a year as it stands on the day; described by `openapi.INSPECTIONS`."""
    items = [
        _item(line.cells, single=not line.planned, change=None)
        for _name, lines in listing.sections
        for line in lines
    ]
    return _record(listing.district, listing.year, listing.title, newest, on, items, [], in_force=True)


def record_of_version(release: Release) -> dict[str, Any]:
    """The same of one version: for ever the same bytes."""
    lines, gone = lines_of_version(release)
    stays, left = (
        [_item(line.cells, single=line.single, change=line.change) for line in part] for part in (lines, gone)
    )
    on = release.published_on
    return _record(release.district, release.year, release.title, release, on, stays, left, in_force=False)


def _record(
    district: Any, year: int, title: str, release: Release | None, on: Any, items: list[Any], left: list[Any],
    *, in_force: bool,
) -> dict[str, Any]:  # fmt: skip
    return {
        "schema_version": opendata.VERSION,
        "district": {"code": district.code, "name": district.name},
        "kind": Kind.INSPECTION.value,
        "kind_name": Kind.INSPECTION.label,
        "year": year,
        "title": title,
        "in_force": in_force,
        "as_of": on.isoformat(),
        "release": opendata.release_record(release, _address(district, release)) if release else None,
        "count": len(items),
        "items": items,
        "departures": left,
    }


def _address(district: Any, release: Release) -> str:
    return reverse("whitelist:inspection_release", args=[district.code, release.year, release.serial])


def _item(cells: Iterable[Any], *, single: bool, change: str | None) -> dict[str, Any]:
    words = dict(zip(FIELDS, map(str, cells), strict=True))
    plain = {name: "" if said in EMPTY else said for name, said in words.items()}
    parts = {name: opendata.parts(plain[name]) for name in SEVERAL}
    return {**plain, **parts, "position": int(plain["position"]), "planned": not single, "change": change}


def as_json(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, indent=1).encode()


def as_csv(cells: Iterable[Iterable[Any]]) -> bytes:
    """The columns of the page and of the workbook."""
    return opendata.csv_of([column.heading for column in COLUMNS], cells)
