"""The lists for other systems: one record for JSON, CSV and the schema that describes them.

What is given out is what the public pages show, and nothing else. A release is given as it was published: the
same bytes for ever. Addresses are paths, for a list is asked for under many names.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import Any

from jianfu.kernel.documents.text import safe_csv

from .exports import COLUMNS, cells_of
from .listing import Listing, entry_address
from .models import Release
from .proposal import Gone, Line
from .states import Kind

VERSION = "1.0"  # a field that leaves or changes its meaning makes it 2.0; one that comes, 1.1
Addresses = Callable[[str], str]
BOM = "\ufeff"  # without it WPS and Excel take UTF-8 for GBK


def record_of(listing: Listing) -> dict[str, Any]:
    """The whole list as plain values, described by `openapi.LIST`."""
    lines = list(listing.lines(listing.rows, first=1))
    code = listing.district.code
    address_of = entry_address(code)
    return {
        "schema_version": VERSION,
        "district": {"code": code, "name": listing.district.name},
        "kind": listing.kind,
        "kind_name": Kind(listing.kind).label,
        "title": listing.title,
        "in_force": listing.in_force,
        "as_of": listing.dated.isoformat(),
        "release": release_record(listing.release, listing.address_of(listing.release))
        if listing.release
        else None,
        "count": len(lines),
        "items": [_item(line, address_of) for line in lines],
        "departures": [_departure(gone, address_of) for gone in listing.departures],
    }


def release_record(release: Release, address: str) -> dict[str, Any]:
    return {
        "year": release.year,
        "term": release.term,
        "serial": release.serial,
        "title": release.title,
        "document_number": release.document_number,
        "published_on": release.published_on.isoformat() if release.published_on else "",
        "notice": release.notice,
        "address": address,
    }


def _item(line: Line, address_of: Addresses) -> dict[str, Any]:
    entry = line.entry
    return {
        "position": line.position,
        "number": entry.number,
        "title": entry.title,
        "lead_unit": entry.lead_name,
        "joint_units": parts(entry.joint_names),
        "starts_on": entry.starts_on.isoformat(),
        "ends_on": entry.ends_on.isoformat(),
        "frequency": entry.frequency,
        "content": entry.content,
        "delivery": entry.delivery,
        "integration": entry.integration,
        "stages": parts(entry.stages),
        "schools": entry.schools,
        "grades": entry.grades,
        "basis": entry.basis,
        "class_hours": float(entry.class_hours) if entry.class_hours is not None else None,
        "teacher_count": entry.teacher_count,
        "exempt": entry.exempt,
        "source_level": line.source_level,
        "listed_on": entry.listed_on.isoformat(),
        "change": line.change.value if line.change else None,
        "address": address_of(entry.number),
    }


def _departure(gone: Gone, address_of: Addresses) -> dict[str, Any]:
    return {
        "number": gone.entry.number,
        "title": gone.entry.title,
        "lead_unit": gone.entry.lead_name,
        "why": gone.why.value,
        "since": gone.happened_on.isoformat(),
        "reason": gone.reason,
        "address": address_of(gone.entry.number),
    }


def parts(words: str) -> list[str]:
    return [part for part in words.split("、") if part]


def as_json(listing: Listing) -> bytes:
    return json.dumps(record_of(listing), ensure_ascii=False, indent=1).encode()


def as_csv(listing: Listing) -> bytes:
    """The columns of the page and of the workbook; nothing in a cell can run as a formula."""
    lines = listing.lines(listing.rows, first=1)
    return csv_of([column.heading for column in COLUMNS], map(cells_of, lines))


def csv_of(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([safe_csv(str(cell)) for cell in row] for row in rows)
    return (BOM + out.getvalue()).encode()
