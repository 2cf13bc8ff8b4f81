"""监测点月报: which months are to be reported on, until when, and what the records know of them already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jianfu.kernel import dates
from jianfu.kernel.policy import figure_value
from jianfu.kernel.terms import SchoolCalendar
from jianfu.organisations.selectors import school_calendar, work_calendar
from whitelist.models import Entry, MonitoringPoint, MonthlyReport, Session, Visit
from whitelist.rules.monitoring import DUE_DAYS, IN_TERM, OPENS
from whitelist.states import Season

from .activity import HeldVisit, read_sessions

# Where no school calendar is registered: the months in which schools teach.
_TAUGHT = frozenset({3, 4, 5, 6, 9, 10, 11, 12})


@dataclass(frozen=True)
class Month:
    """One month of reports."""

    first: date
    opens_on: date
    due_on: date

    @property
    def last(self) -> date:
        return last_day(self.first)

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        return f"{self.first.year}年{self.first.month}月"


@dataclass(frozen=True)
class Known:
    """What came to the school in the month, as the records say: printed and ticked, not asked."""

    entries: list[tuple[Entry, str]]  # with the days
    refused: list[HeldVisit]
    unlisted: list[Any]


def last_day(first: date) -> date:
    return dates.add_months(first, 1) - timedelta(days=1)


def read_month(key: str) -> date | None:
    """2026-10 of an address; None for anything else."""
    year, _dash, month = key.partition("-")
    if not (key.isascii() and year.isdigit() and month.isdigit() and len(year) == 4 and len(month) == 2):
        return None
    return date(int(year), int(month), 1) if 2000 <= int(year) < 2199 and 1 <= int(month) <= 12 else None


def months_of(district_id: int, season: Season) -> list[Month]:
    """The months of the season in which schools teach long enough, the earliest first."""
    calendar, work = school_calendar(district_id), work_calendar()
    firsts = [dates.add_months(season.first, number) for number in range(6)]
    return [_month(district_id, first, work) for first in firsts if _is_taught(district_id, first, calendar)]


def _is_taught(district_id: int, first: date, calendar: SchoolCalendar) -> bool:
    last = last_day(first)
    terms = [term for term in calendar.terms if term.first_day <= last and term.last_day >= first]
    if not terms:
        return not (calendar.knows(first) or calendar.knows(last)) and first.month in _TAUGHT
    days = sum((min(term.last_day, last) - max(term.first_day, first)).days + 1 for term in terms)
    return days >= figure_value(IN_TERM, district_id, last)


def _month(district_id: int, first: date, work: Any) -> Month:
    last = last_day(first)
    opens = first.replace(day=min(figure_value(OPENS, district_id, last), last.day))
    return Month(first, opens, work.add(last, figure_value(DUE_DAYS, district_id, last)))


def months_between(district_id: int, first: date, last: date) -> list[Month]:
    """Those whose last day lies between the two."""
    seasons = [Season.of(first), Season.of(last)]
    found = [month for season in dict.fromkeys(seasons) for month in months_of(district_id, season)]
    return [month for month in found if first <= month.last <= last]


def owed_reports(schools: set[int], district_id: int) -> list[tuple[Month, int]]:
    """(month, school) of each report that may be given today and is not; last month's and this one's.

    One query for who is no monitoring point at all.
    """
    today = dates.today()
    points = list(MonitoringPoint.objects.filter(school_id__in=schools)) if schools else []
    if not points:
        return []
    this = today.replace(day=1)
    firsts = [dates.add_months(this, -1), this]
    work, calendar = work_calendar(), school_calendar(district_id)
    months = [
        _month(district_id, first, work) for first in firsts if _is_taught(district_id, first, calendar)
    ]
    given = set(
        MonthlyReport.objects.filter(school_id__in=schools, month__in=firsts).values_list(
            "school_id", "month"
        )
    )
    return [
        (month, point.school_id)
        for month in months
        for point in points
        if month.opens_on <= today and in_force(point, month) and (point.school_id, month.first) not in given
    ]


def in_force(point: MonitoringPoint, month: Month) -> bool:
    """The school was a point at the end of the month."""
    return point.since <= month.last and (point.until is None or point.until >= month.last)


def known_of(school_id: int, month: Month) -> Known:
    """What the records say of the school and month; three queries."""
    sessions = Session.objects.known().filter(school_id=school_id).between(month.first, month.last)
    read = read_sessions(sessions.for_list(), dates.today())
    days: dict[int, list[str]] = {}
    for session in read:
        if session.took_place:
            days.setdefault(session.entry_id, []).append(f"{session.day.month}月{session.day.day}日")
    entries = Entry.objects.filter(pk__in=days).order_by("number")
    unlisted = Visit.objects.filter(school_id=school_id).unlisted().between(month.first, month.last)
    return Known(
        [(entry, "、".join(days[entry.pk])) for entry in entries],
        [session for session in read if session.standing == "refused"],
        list(unlisted.order_by("day", "pk")),
    )
