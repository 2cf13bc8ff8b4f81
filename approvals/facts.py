"""What the rules look at, taken from an application as plain values, and what is frozen of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from .columns import label_of, printed_value
from .sheets import fields_of
from .states import AttachmentKind, Road
from .surroundings import surroundings


def facts_of(
    application: Any, on: date, *, alone: bool = False, applied_on: date | None = None
) -> dict[str, Any]:
    """The facts of `rules`: what the form holds, and what is counted around it (`surroundings`).

    ``alone`` leaves out the latter, which takes queries of its own: for lists.
    """
    facts: dict[str, Any] = {}
    for row in filter(None, [application, application.particulars]):
        facts |= {field.name: _plain(row, field) for field in row._meta.concrete_fields}
    facts["criteria"] = {
        basis.criterion: (basis.document, basis.document_number, basis.clause)
        for basis in application.bases.all()
    }
    facts |= {"today": on, "applied_on": applied_on or on, "plan_files": _plan_files(application)}
    return facts if alone else facts | surroundings(application, applied_on or on)


def _plan_files(application: Any) -> list[str]:
    """活动实施方案 among the files, where the road wants it inside the application (R52, R53)."""
    if application.road != Road.CAMPUS_SINGLE or application.pk is None:
        return []
    kept = [file for file in application.attachments.all() if file.removed_at is None]
    return [file.name for file in kept if file.kind == AttachmentKind.PLAN]


def _plain(row: Any, field: Any) -> Any:
    """The value of a column; of a foreign key its number, or nothing."""
    return getattr(row, field.attname)


def printed(application: Any) -> dict[str, str]:
    """Each item of the form as its road calls it, in words, in the form's order: what is frozen."""
    joint = "、".join(str(row) for row in application.joint_organisations.all())
    words = {
        "申报单位": application.organisation.name,
        "联合单位": joint or "—",
        "经办人": application.handler.name,
    }
    for name in fields_of(application.road):
        words[label_of(application, name)] = printed_value(application, name)
    chosen = [str(school) for school in application.schools.all()]
    if chosen:
        words["逐所选择"] = "、".join(chosen)
    for basis in application.bases.all():
        words[f"准入条件{basis.get_criterion_display()[0]}"] = basis.cited
    for number, file in enumerate(application.attachments.in_use(), start=1):
        words[f"附件{number}"] = f"{file.get_kind_display()}：{file.name}（校验码 {file.digest[:8]}）"
    return words
