"""What every Word file of ours has in common: who made it, and bytes that repeat."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import Any

PRODUCT = "减负台账"
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def describe(docx: Any, *, title: str, author: str, day: date | None) -> None:
    """Title and author as a file manager shows them; the only date is the document's own."""
    core = docx.core_properties
    core.title, core.author, core.last_modified_by = title[:255], author[:255], PRODUCT
    core.comments = ""
    made = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(2012, 7, 1, tzinfo=UTC)
    core.created = core.modified = made.replace(tzinfo=None)


def written(docx: Any) -> bytes:
    """The file, its parts dated alike: python-docx writes the time of day into the archive."""
    made, out = io.BytesIO(), io.BytesIO()
    docx.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DAY), parts.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
