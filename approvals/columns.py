"""Where a name of the form lives: in the application, or in the row of what only its road asks for.

The one place that knows. Forms, rules, checklist and the frozen content ask here and name no table.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from jianfu.kernel.dates import chinese_date

from .states import INSPECTIONS, SECONDMENTS, InspectionMethod, Integration, Road, Stage

# What a road calls an item otherwise than the column does.
_INSPECTION = {
    "title": "事项名称", "content": "督查检查的内容", "starts_on": "开始日期", "schools_text": "涉及学校",
    "frequency": "频次", "off_plan_reason": "未列入年度计划的原因",
}  # fmt: skip
_BORROWING = {"title": "工作事项", "content": "教师承担的工作"}
_NAMES: dict[str, dict[str, str]] = {
    **dict.fromkeys(INSPECTIONS, _INSPECTION),
    Road.SURVEY: {"title": "统计或调研名称", "content": "目的和用途"},
    **dict.fromkeys(SECONDMENTS, _BORROWING),
    Road.CAMPUS_URGENT: {"off_plan_reason": "紧急情况说明"},
}
# Lists of choices: the words of each.
_LISTS = {
    "stages": Stage, "methods": InspectionMethod, "integration": Integration,
    "granted_integration": Integration,
}  # fmt: skip


def row_of(application: Any, name: str) -> Any:
    """The row that holds the name. Raises `FieldDoesNotExist` where this road has no such item."""
    if name in _columns(type(application)):
        return application
    row = application.particulars
    if row is None or name not in _columns(type(row)):
        raise FieldDoesNotExist(name)
    return row


def column_of(application: Any, name: str) -> Any:
    """The column of the name, with its Chinese name and its choices."""
    return row_of(application, name)._meta.get_field(name)


@cache
def _columns(model: Any) -> frozenset[str]:
    return frozenset(field.name for field in model._meta.concrete_fields)


def has(application: Any, name: str) -> bool:
    """Is there a column of that name on this road?"""
    try:
        row_of(application, name)
    except FieldDoesNotExist:
        return False
    return True


def value(application: Any, name: str) -> Any:
    """What stands there; None where this road has no such item."""
    return getattr(row_of(application, name), name) if has(application, name) else None


def empty(content: Any) -> bool:
    """Nothing was answered: 0 and 否 are answers."""
    return content in (None, "", [])


def renamed(road: str, name: str) -> str:
    """How the road calls an item otherwise than its column does; nothing where it does not."""
    return _NAMES.get(road, {}).get(name, "")


def label_of(application: Any, name: str) -> str:
    """How this road calls the item."""
    return renamed(application.road, name) or str(column_of(application, name).verbose_name)


def printed_value(application: Any, name: str) -> str:
    """One value as the form prints it: labels for choices, 是/否, — for what is empty."""
    content = value(application, name)
    if empty(content):
        return "—"
    if isinstance(content, bool):
        return "是" if content else "否"
    if name in _LISTS:
        return list_words(name, content)
    if isinstance(content, date):
        return chinese_date(content)
    if isinstance(content, Decimal):
        return f"{content.normalize():f}"
    choices = column_of(application, name).choices
    return str(dict(choices).get(content, content) if choices else content)


def list_words(name: str, values: list[Any]) -> str:
    """The words of a list of choices."""
    return "、".join(str(_LISTS[name](value).label) if name in _LISTS else str(value) for value in values)
