"""Loading the official lists of fixtures/templates/ (000–004)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from jianfu.kernel import trail
from ledger.models import LedgerTemplate, TemplateBlank, TemplateRow


@dataclass(frozen=True)
class Loaded:
    """What became of one fixture: ``outcome`` is 已新增, 已更新, 新增版次 or 未变动."""

    template: LedgerTemplate
    outcome: str


def load_templates(*, by: Any = None, directory: Path | None = None, pattern: str = "*.json") -> list[Loaded]:
    """Load every fixture, or those of the pattern; the same again changes nothing, and an editor's
    corrections stay.

    A changed fixture rewrites a template that no ledger was opened from; one in use stays as it is and
    the fixture becomes its next version. How row 10 is read is the editor's choice and no fixture's.
    """
    place = directory or settings.BASE_DIR / "fixtures" / "templates"
    return [_load(path.read_text(encoding="utf-8"), by) for path in sorted(place.glob(pattern))]


def _load(text: str, by: Any) -> Loaded:
    data = json.loads(text)
    digest = hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    with transaction.atomic():
        versions = list(LedgerTemplate.objects.select_for_update().filter(code=data["code"]))
        known = next((version for version in versions if version.fixture_digest == digest), None)
        if known:
            return Loaded(known, "未变动")
        newest = max(versions, key=lambda version: version.version, default=None)
        if newest is None:
            return Loaded(_write(LedgerTemplate(code=data["code"]), data, digest, by), "已新增")
        if newest.ledgers.exists():
            following = LedgerTemplate(
                code=data["code"], version=newest.version + 1, forms_reading=newest.forms_reading
            )
            return Loaded(_write(following, data, digest, by), "新增版次")
        newest.rows.all().delete()
        return Loaded(_write(newest, data, digest, by), "已更新")


def _write(template: LedgerTemplate, data: Mapping[str, Any], digest: str, by: Any) -> LedgerTemplate:
    source = data["source"]
    template.title, template.columns, template.fixture_digest = data["title"], data["columns"], digest
    template.document, template.issuer = source["document"], source["issuer"]
    template.number, template.note = source["number"], source["note"]
    template.issued_on = date.fromisoformat(source["issued_on"]) if source["issued_on"] else None
    _save(template, by)
    for place, group in enumerate(data["groups"], start=1):
        for row in group["rows"]:
            _write_row(template, place, group["title"], row, by)
    trail.record(
        action="ledger.load_template",
        target=template,
        by=by,
        data={"code": template.code, "version": template.version},
    )
    return template


def _write_row(template: LedgerTemplate, group: int, subject: str, data: Mapping[str, Any], by: Any) -> None:
    same = ("key", "number", "clause", "task", "requirement", "figures", "sections", "sections_open")
    row = TemplateRow(
        template=template,
        group=group,
        subject=subject,
        guidance=data["help"],
        **{name: data[name] for name in (*same, "sections_text", "deadlines", "topics")},
    )
    _save(row, by)
    for position, blank in enumerate(data["blanks"], start=1):
        kept = {name: blank[name] or "" for name in ("code", "name", "kind", "unit", "compares", "remark")}
        _save(TemplateBlank(row=row, position=position, **kept), by)


def _save(obj: Any, by: Any) -> None:
    obj._history_user = by
    obj._change_reason = "装载模板"
    obj.save()
