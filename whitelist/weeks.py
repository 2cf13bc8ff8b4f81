"""进校日历 by week: what comes to each school from Monday to Sunday, and how full its term is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jianfu.kernel import dates
from jianfu.organisations.selectors import school_calendar, work_calendar

from .calendars import YEARS, Coming, Day, comings_of, rest_of, shown_between, teaching_week
from .selectors import TermLoads, term_loads

_SEVEN = timedelta(days=7)


@dataclass(frozen=True)
class Cell:
    """A day at a school; ``reserved`` are its own spans, besides those of the district."""

    day: Day
    comings: list[Coming]
    reserved: list[str]


@dataclass(frozen=True)
class Line:
    """A school's week; ``count`` of its term against the cap of all."""

    school: Any
    cells: list[Cell]
    count: int
    full: bool


@dataclass(frozen=True)
class Week:
    """``number`` is the teaching week; ``empty`` counts the schools to which nothing comes."""

    monday: date
    number: int | None
    days: list[Day]
    lines: list[Line]
    empty: int
    loads: TermLoads

    @property
    def label(self) -> str:
        return dates.chinese_period(self.monday, self.monday + timedelta(days=6))

    @property
    def heads(self) -> list[tuple[str, Day]]:
        """周一 … 周日, each with its day."""
        return [(f"周{name}", day) for name, day in zip("一二三四五六日", self.days, strict=True)]

    @property
    def before(self) -> str:
        return (self.monday - _SEVEN).isoformat()

    @property
    def after(self) -> str:
        return (self.monday + _SEVEN).isoformat()

    @property
    def count(self) -> int:
        return sum(len(cell.comings) for line in self.lines for cell in line.cells)

    @property
    def busy(self) -> list[tuple[Day, list[Coming]]]:
        """By day: what a phone lists."""
        cells = [[line.cells[place] for line in self.lines] for place in range(len(self.days))]
        found = [
            (day, [coming for cell in column for coming in cell.comings])
            for day, column in zip(self.days, cells, strict=True)
        ]
        return [(day, comings) for day, comings in found if comings]


def week_named(text: str, today: date) -> date:
    """The Monday of the day that is named, 2026-11-25; of today for anything else."""
    parsed = dates.parse_date(text)
    day = parsed if parsed and parsed.year in YEARS else today
    return day - timedelta(days=day.weekday())


def week_of(
    district_id: int, monday: date, sessions: Any, schools: Sequence[Any], today: date, *, every: bool
) -> Week:
    """``sessions`` is what the person may see; ``every``: also the schools to which nothing comes.

    One query for the sessions, two for the counts, and those of the calendars.
    """
    calendar, work = school_calendar(district_id), work_calendar()
    week = [monday + timedelta(days=place) for place in range(7)]
    days = [
        Day(
            day,
            inside=True,
            today=day == today,
            rest=rest_of(day, calendar, work),
            reserved=[one.words for one in calendar.reserved_on(day)],
        )
        for day in week
    ]
    comings: dict[tuple[int, date], list[Coming]] = defaultdict(list)
    for day, found in comings_of(list(shown_between(sessions, week[0], week[-1])), today).items():
        for coming in found:
            comings[coming.session.school_id, day].append(coming)
    loads = term_loads(district_id, monday)
    counts = {school.pk: count for school, count in loads.lines}
    coming_to = {school for school, _day in comings}
    lines = []
    for school in schools:
        if not every and school.pk not in coming_to:
            continue
        own = [
            [one.words for one in calendar.reserved_on(day, school.pk) if one.school_id == school.pk]
            for day in week
        ]
        cells = [Cell(day, comings[school.pk, day.day], spans) for day, spans in zip(days, own, strict=True)]
        count = counts.get(school.pk, 0)
        lines.append(Line(school, cells, count, count >= loads.cap))
    return Week(monday, teaching_week(calendar, week), days, lines, len(schools) - len(lines), loads)
