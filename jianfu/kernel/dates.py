"""Days as Chinese offices write and count them. The clock is read here and nowhere else."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

_SEPARATED = re.compile(r"^\s*(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?\s*$")
_COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})\s*$")
_DAY_OF_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})日")
_WEEKDAYS = "一二三四五六日"


_told: ContextVar[datetime | None] = ContextVar("told", default=None)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Let everything inside happen at ``moment``: records entered afterwards, demonstration data, tests.

    Services, guards and the trail all read this clock, so what is told of the past is judged by its day.
    """
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def now() -> datetime:
    """The present moment, aware. ``settings.JIANFU_TODAY`` moves its day, for trials and tests."""
    told = _told.get()
    if told is not None:
        return told
    moment = timezone.now()
    pinned: date | None = getattr(settings, "JIANFU_TODAY", None)
    if pinned is None:
        return moment
    local = timezone.localtime(moment)
    return local.replace(year=pinned.year, month=pinned.month, day=pinned.day)


def past_moment(text: str) -> datetime:
    """A local day and time as a fixture tells it, never later than now."""
    return min(timezone.make_aware(datetime.fromisoformat(text)), now())


def today() -> date:
    """The local day (Asia/Shanghai)."""
    pinned: date | None = None if _told.get() else getattr(settings, "JIANFU_TODAY", None)
    return pinned or timezone.localtime(now()).date()


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or that month's last day: 31 August + 6 is 28 February."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_allowed_day(starts_on: date, months: int) -> date:
    """The last day of ``months`` calendar months that begin on ``starts_on``: 2026-03-01 and 6 is 2026-08-31.

    Where the month has no such day, its last day stands for it: 2026-08-31 and 6 is 2027-02-27.
    """
    return add_months(starts_on, months) - timedelta(days=1)


def parse_date(text: str) -> date | None:
    """Read 2026-9-1, 2026.9.1, 2026/9/1, 20260901 or 2026年9月1日; None where it is no such day."""
    match = _SEPARATED.match(text.translate(FULL_WIDTH)) or _COMPACT.match(text.translate(FULL_WIDTH))
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def read_day(text: str) -> str:
    """5月15日, a day of every year. Raises ValueError where no year has such a day."""
    match = _DAY_OF_YEAR.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    month, day = map(int, match.groups())
    date(2023, month, day)  # of every year, so not 29 February
    return f"{month}月{day}日"


def day_of(text: str, year: int) -> date:
    """The day of the year that `read_day` let pass."""
    month, day = map(int, _DAY_OF_YEAR.fullmatch(text).groups())  # type: ignore[union-attr]
    return date(year, month, day)


FULL_WIDTH = str.maketrans("０１２３４５６７８９．／－", "0123456789./-")


def school_year(day: date) -> int:
    """学年 by the year in which it begins: September to August."""
    return day.year if day.month >= 9 else day.year - 1


def chinese_date(day: date) -> str:
    """2026年9月1日, without leading zeros (GB/T 9704)."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_period(first: date, last: date | None) -> str:
    """2026年10月12日至11月30日: the year once where it is the same, one day where it is one."""
    if last is None or first == last:
        return chinese_date(first)
    end = chinese_date(last)
    if first.year == last.year:
        end = end.split("年", 1)[1]
    return f"{chinese_date(first)}至{end}"


def chinese_weekday(day: date) -> str:
    return f"星期{_WEEKDAYS[day.weekday()]}"
