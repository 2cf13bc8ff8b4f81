"""报送包: a filed year as one signed archive for the city's own deployment.

台账.xlsx  台账.pdf      for people
ledger.json              for machines: `SCHEMA`, described in `content_of`
SHA256SUMS               one line a file, as `sha256sum -c` reads it
SHA256SUMS.sig           Ed25519 over SHA256SUMS, in base64
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from jianfu.kernel import trail
from jianfu.kernel.decisions import Refused, refuse, require
from jianfu.kernel.documents import archive
from jianfu.kernel.signing import NoKey, sign
from ledger import wording
from ledger.models import Ledger, LedgerRow
from ledger.permissions import city as permissions
from ledger.selectors.city import figure_of

SCHEMA = "jianfu-ledger/1"
CONTENT, SUMS, SIGNATURE = "ledger.json", "SHA256SUMS", "SHA256SUMS.sig"
WORKBOOK, PAPER = "台账.xlsx", "台账.pdf"


def build_package(*, ledger: Ledger, files: dict[str, bytes], by: Any) -> bytes:
    """The archive; ``files`` are `WORKBOOK` and `PAPER`. Raises `Refused`; each package is an event."""
    require(permissions.may_package(ledger, by))
    content = content_of(ledger)
    try:
        made = assemble(content, files, sign, ledger.state_entered_at)
    except NoKey as lacking:
        raise Refused(refuse(str(lacking))) from None
    digest = hashlib.sha256(_written(content)).hexdigest()
    trail.record(action="ledger.packaged", target=ledger, by=by, data={"sha256": digest})
    return made


def assemble(
    content: dict[str, Any], files: dict[str, bytes], sign_with: Callable[[bytes], str], at: datetime
) -> bytes:
    """The archive of these parts, its checksums signed; its files bear the moment ``at``."""
    listed = {**files, CONTENT: _written(content)}
    sums = checksums(listed)
    listed |= {SUMS: sums, SIGNATURE: f"{sign_with(sums)}\n".encode()}
    return _zipped(listed, at)


def _written(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def checksums(files: dict[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return "".join(lines).encode()


def _zipped(files: dict[str, bytes], moment: datetime) -> bytes:
    at = timezone.localtime(moment)
    parts = [archive.Part(name, lambda kept=content: kept, at) for name, content in files.items()]
    out = io.BytesIO()
    for piece in archive.stream(parts):
        out.write(piece)
    return out.getvalue()


def content_of(ledger: Ledger) -> dict[str, Any]:
    """ledger.json. ``edition`` grows with every step of the year, so the greater one is the newer.

    A figure's ``value`` is a whole number, a text, or null where the blank is empty or has nothing to compare
    (``source`` no_past); ``definition`` is what it counts, ``confirmed_by`` the office that answers for it.
    No person is named in it: the people stand in the paper that was signed.
    """
    filing = ledger.filings.first()
    district = ledger.district
    rows = ledger.rows.prefetch_related("entries", "blanks__confirmed_by__organisation").order_by("number")
    return {
        "schema": SCHEMA,
        "district": {"code": district.code, "name": district.name, "region": district.region},
        "year": ledger.year,
        "edition": ledger.version,
        "title": ledger.title,
        "template": {"code": ledger.template.code, "version": ledger.template.version},
        "filed": {
            "body": filing.body if filing else "",
            "document_number": filing.document_number if filing else "",
            "filed_on": _iso(filing.filed_on) if filing else None,
        },
        "rows": [_row(row) for row in rows],
    }


def _row(row: LedgerRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "key": row.key,
        "subject": row.subject,
        "task": row.task,
        "sections": row.sections_text,
        "implementation": list(wording.implementation(row.entries.all())),
        "figures": [figure_of(blank) for blank in row.blanks.all()],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
