"""How often an item was approved to come to a school, read from its own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from jianfu.kernel.dates import school_year

_TIMES = re.compile(r"(\d{1,2}|[一二两三四五六七八九十])\s*次")
_FIGURES = {name: value for value, name in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
# Counted by pupil or class: several days at one school may be one time each.
_NOT_BY_SCHOOL = ("每生", "每班", "每人", "每名")
_PERIODS = {"每学期": "term", "每学年": "year", "每年": "year", "每月": "month", "每周": "week"}
_WORDS = {"term": "每学期", "year": "每学年", "month": "每月", "week": "每周", "school": "每校"}


@dataclass(frozen=True)
class Frequency:
    """``times`` at each school in each ``per``: term, year, month, week; school is all of the time."""

    times: int
    per: str

    @property
    def words(self) -> str:
        return f"{_WORDS[self.per]} {self.times} 次"


def read_frequency(text: str) -> Frequency | None:
    """每校每学年1次 as (1, year); None where it says no number, or one that is not by school."""
    plain = (text or "").replace(" ", "")
    match = _TIMES.search(plain)
    if match is None or any(word in plain for word in _NOT_BY_SCHOOL):
        return None
    times = int(match[1]) if match[1].isdigit() else _FIGURES[match[1]]
    per = next((per for word, per in _PERIODS.items() if word in plain), "school")
    return Frequency(times, per)


def too_many(
    frequency: Frequency,
    visits: Iterable[tuple[int, date]],
    term_of: Callable[[date], object],
) -> set[tuple[int, object]]:
    """(school, period) in which the item comes on more days than approved; ``visits`` are (school, day)."""
    counted = Counter((school, _period(frequency.per, day, term_of)) for school, day in set(visits))
    return {key for key, count in counted.items() if count > frequency.times}


def _period(per: str, day: date, term_of: Callable[[date], object]) -> object:
    if per == "term":
        return term_of(day)
    if per == "year":
        return school_year(day)
    if per == "month":
        return day.year, day.month
    return day.isocalendar()[:2] if per == "week" else ""


def period_of(frequency: Frequency, day: date, term_of: Callable[[date], object]) -> object:
    return _period(frequency.per, day, term_of)
