"""Filters: days, times, numbers and sizes as Chinese offices write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone

from jianfu.kernel.dates import chinese_date as in_chinese

register = template.Library()

NOTHING = "—"
STEP_WORDS = {"done": "已完成", "current": "办理中", "todo": "未开始", "returned": "已退回"}
KILOBYTE = 1024


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _day(value: Any) -> date | None:
    if isinstance(value, datetime):
        return _local(value).date()
    return value if isinstance(value, date) else None


@register.filter
def chinese_date(value: Any) -> str:
    """2026年9月1日; nothing is —."""
    day = _day(value)
    return in_chinese(day) if day else NOTHING


@register.filter
def short_date(value: Any) -> str:
    """9月1日, where the year is clear from the page."""
    day = _day(value)
    return f"{day.month}月{day.day}日" if day else NOTHING


@register.filter
def clock(value: Any) -> str:
    """10:42, 24 hours."""
    return _local(value).strftime("%H:%M") if isinstance(value, datetime) else NOTHING


@register.filter
def chinese_datetime(value: Any) -> str:
    """2026年9月1日 10:42."""
    return f"{chinese_date(value)} {clock(value)}" if isinstance(value, datetime) else chinese_date(value)


@register.filter
def moment(value: Any) -> str:
    """9月1日 10:42 of a datetime, 9月1日 of a day or of midnight (never 00:00), words as they are."""
    if isinstance(value, datetime):
        value = _local(value)  # once: a list has one in every line
        if value.hour or value.minute:
            return f"{value.month}月{value.day}日 {value:%H:%M}"
        value = value.date()
    return short_date(value) if isinstance(value, date) else str(value)


@register.filter
def iso(value: Any) -> str:
    """The machine-readable form for a <time> element."""
    return value.isoformat() if isinstance(value, date) else str(value)


@register.filter
def number(value: Any) -> str:
    """2,000 with thousands set apart and without idle zeros; nothing to count is —, not 0."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, Decimal):
        value = value.normalize() if value != value.to_integral_value() else int(value)
    return f"{value:,}" if isinstance(value, int | float | Decimal) else str(value)


@register.filter
def or_dash(value: Any) -> Any:
    """The value, or — where there is none; 0 stays 0."""
    return NOTHING if value is None or value == "" else value


@register.filter
def or_blank(value: Any) -> Any:
    """The value, or 未填: for check pages, where an optional blank is shown as one."""
    return "未填" if value is None or value == "" else value


@register.filter
def file_size(size: Any) -> str:
    """412 KB, 1.5 MB, of a number of bytes."""
    if not isinstance(size, int):
        return NOTHING
    if size < KILOBYTE * KILOBYTE:
        return f"{max(1, round(size / KILOBYTE))} KB"
    return f"{size / KILOBYTE / KILOBYTE:.1f} MB"


@register.filter
def step_words(state: str) -> str:
    """The state of a step, for readers who do not see its colour."""
    return STEP_WORDS.get(state, "")


@register.simple_tag
def date_span(start: Any, end: Any = None, *, year: bool = True) -> str:
    """2026年9月1日至9月3日: the year once where it is the same; year=False: 9月1日至9月3日; one day alone."""
    first, last = _day(start), _day(end)
    if first is None:
        return NOTHING
    if last is None or last == first:
        return in_chinese(first) if year else short_date(first)
    begin = in_chinese(first) if year else short_date(first)
    if first.year == last.year:
        return f"{begin}至{short_date(last)}"
    next_year = not year and last.year == first.year + 1
    return f"{begin}至次年{short_date(last)}" if next_year else f"{in_chinese(first)}至{in_chinese(last)}"
