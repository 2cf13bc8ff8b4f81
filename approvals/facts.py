"""What the rules look at, taken from an application as plain values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from jianfu.kernel.dates import chinese_date

from .rules import REQUIRED
from .states import Stage
from .surroundings import surroundings

_PLAIN = (*REQUIRED, "year", "course_overlap", "teacher_duties", "committed")
_FORM = frozenset(_PLAIN) | {"grades", "school_count", "minutes", "evaluation", "funding", "safety"}


def facts_of(application: Any, on: date, *, alone: bool = False) -> dict[str, Any]:
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
    facts["today"] = on
    return facts if alone else facts | surroundings(application)


def _plain(row: Any, field: Any) -> Any:
    """The value of a column; of a foreign key its number, or nothing."""
    return getattr(row, field.attname)


def printed(application: Any) -> dict[str, str]:
    """Each item of the 申报表 under its Chinese name, in words, in the form's order: what is frozen."""
    joint = "、".join(str(row) for row in application.joint_organisations.all())
    words = {
        "申报单位": application.organisation.name,
        "联合单位": joint or "—",
        "经办人": application.handler.name,
    }
    for field in application._meta.concrete_fields:
        if field.name in _FORM:
            words[str(field.verbose_name)] = printed_value(application, field)
    for basis in application.bases.all():
        words[f"准入条件{basis.get_criterion_display()[0]}"] = basis.cited
    for number, file in enumerate(application.attachments.in_use(), start=1):
        words[f"附件{number}"] = f"{file.get_kind_display()}：{file.name}（校验码 {file.digest[:8]}）"
    return words


def printed_value(application: Any, field: Any) -> str:
    """One value as the form prints it: labels for choices, 是/否, — for what is empty."""
    value = getattr(application, field.name)
    if value in (None, "", []):
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.name == "stages":
        return "、".join(Stage(stage).label for stage in value)
    if isinstance(value, date):
        return chinese_date(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(getattr(application, f"get_{field.name}_display")() if field.choices else value)
