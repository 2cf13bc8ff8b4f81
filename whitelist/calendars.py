"""进校日历: a month of sessions as a page shows it, and as a feed tells it."""

from __future__ import annotations

import calendar as months
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from jianfu.kernel import dates
from jianfu.kernel.calendar import WorkCalendar
from jianfu.kernel.documents import icalendar
from jianfu.kernel.terms import SchoolCalendar
from jianfu.organisations.selectors import school_calendar, work_calendar

from .models import Session
from .states import KNOWN, TAKES_A_PLACE, ActivityState, SessionStanding

FEED_BACK, FEED_AHEAD = 3, 12  # months that a feed reaches
YEARS = range(2000, 2100)  # a calendar turns no further


@dataclass(frozen=True)
class Coming:
    """One session of a day. ``clash``: another activity comes to the school on the same day."""

    session: Any
    standing: SessionStanding
    clash: bool

    @property
    def waits(self) -> bool:
        """Handed in, not yet agreed: the school does not see it."""
        return bool(self.session.activity.state == ActivityState.SUBMITTED)

    @property
    def quiet(self) -> bool:
        return self.standing in {SessionStanding.CALLED_OFF, SessionStanding.REFUSED, SessionStanding.ABSENT}


@dataclass
class Day:
    day: date
    inside: bool  # of the month that is shown
    today: bool
    rest: str  # why there is no school
    reserved: list[str] = field(default_factory=list)
    comings: list[Coming] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """Weeks of seven days, Monday first; ``label`` 2026年11月; ``weeks`` with the teaching week's number."""

    first: date
    weeks: list[tuple[int | None, list[Day]]]
    term: str
    count: int

    @property
    def label(self) -> str:
        return f"{self.first.year}年{self.first.month}月"

    @property
    def before(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{dates.add_months(self.first, 1):%Y-%m}"

    @property
    def week(self) -> str:
        """The week to turn to: that of today where it is shown, else the first."""
        days = [day for _number, week in self.weeks for day in week if day.inside]
        return next((day.day for day in days if day.today), self.first).isoformat()

    @property
    def busy(self) -> list[Day]:
        """The days of the month on which something comes: what a phone lists."""
        return [day for _number, days in self.weeks for day in days if day.inside and day.comings]


def month_named(text: str, today: date) -> date:
    """2026-11 as its first day; this month for anything else."""
    parsed = dates.parse_date(f"{text}-1") if len(text) == 7 else None
    return parsed if parsed and parsed.year in YEARS else today.replace(day=1)


def month_of(
    district_id: int, first: date, sessions: Any, today: date, school_id: int | None = None
) -> Month:
    """``sessions`` is what the person may see; one query, and those of the calendars."""
    cells = list(months.Calendar().itermonthdates(first.year, first.month))
    calendar, work = school_calendar(district_id), work_calendar()
    rows = list(shown_between(sessions, cells[0], cells[-1]))
    by_day = comings_of(rows, today)
    days = [
        Day(
            day,
            day.month == first.month,
            day == today,
            rest_of(day, calendar, work),
            [one.words for one in calendar.reserved_on(day, school_id)],
            by_day[day],
        )
        for day in cells
    ]
    term = calendar.term_around(first)
    weeks = [
        (teaching_week(calendar, cells[start : start + 7]), days[start : start + 7])
        for start in range(0, len(days), 7)
    ]
    count = sum(len(day.comings) for day in days if day.inside)
    return Month(first, weeks, term.name if term else "", count)


def shown_between(sessions: Any, first: date, last: date) -> Any:
    """What a calendar shows of the days, both counted: what takes a place, and what was called off."""
    rows = sessions.filter(activity__state__in=[*TAKES_A_PLACE, ActivityState.CALLED_OFF])
    return rows.between(first, last).for_list()


def teaching_week(calendar: SchoolCalendar, days: Iterable[date]) -> int | None:
    """The teaching week, told by any of its days that lies in a term."""
    for day in days:
        if term := calendar.term_of(day):
            return term.week_of(day)
    return None


def rest_of(day: date, calendar: SchoolCalendar, work: WorkCalendar) -> str:
    if calendar.is_holiday(day):
        return "假期"
    return "" if work.is_workday(day) else "休"


def comings_of(rows: list[Any], today: date) -> dict[date, list[Coming]]:
    activities = defaultdict(set)
    for row in rows:
        if row.stands(today) != SessionStanding.CALLED_OFF:
            activities[row.school_id, row.day].add(row.activity_id)
    found = defaultdict(list)
    for row in rows:
        standing = row.stands(today)
        clash = standing != SessionStanding.CALLED_OFF and len(activities[row.school_id, row.day]) > 1
        found[row.day].append(Coming(row, standing, clash))
    return found


def announced_today(entry: Any, on: date) -> list[str]:
    """What the page at a school gate says of today: “14:00–14:40 云岭区第一小学，三年级”; nobody's name."""
    rows = Session.objects.known().filter(activity__entry=entry, day=on)
    found = rows.order_by("begins", "pk").select_related("school")
    return [f"{row.times} {row.school.name}{f'，{row.grades}' if row.grades else ''}" for row in found]


# --- feeds -------------------------------------------------------------------------------------------------


def feed_rows(district_id: int, today: date) -> Any:
    """What a feed tells: known sessions, and those that were called off after they were known."""
    rows = Session.objects.filter(activity__district_id=district_id)
    rows = rows.filter(activity__state__in=[*KNOWN, ActivityState.CALLED_OFF])
    rows = rows.exclude(activity__state=ActivityState.CALLED_OFF, activity__submitted_on=None)
    return rows.between(dates.add_months(today, -FEED_BACK), dates.add_months(today, FEED_AHEAD))


def events(rows: Iterable[Any], code: str, today: date, *, inside: bool) -> list[icalendar.Event]:
    """``inside`` tells the school's people whom to call; the public feed names no person."""
    return [_event(row, code, today, inside) for row in rows]


def _event(row: Any, code: str, today: date, inside: bool) -> icalendar.Event:
    activity = row.activity
    return icalendar.Event(
        uid=f"session-{row.pk}@{code}.jianfu",
        begins=_moment(row.day, row.begins),
        ends=_moment(row.day, row.ends),
        changed_at=max(row.changed_at, activity.state_entered_at),
        summary=f"{activity.title}（{activity.organisation}）",
        location=row.school.name,
        description=_words(row) if inside else f"白名单编号 {activity.entry.number}",
        sequence=row.version + activity.version,
        cancelled=row.stands(today) == SessionStanding.CALLED_OFF,
    )


def _moment(day: date, clock: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _words(row: Any) -> str:
    activity = row.activity
    lines = [
        f"白名单编号 {activity.entry.number}",
        f"年级 {row.grades}" if row.grades else "",
        f"需教师 {row.teacher_count} 人" if row.teacher_count else "",
        f"需要学校准备：{activity.needs}" if activity.needs else "",
        f"带队 {activity.contact_name} {activity.contact_phone}",
        f"取消原因：{row.called_off_reason}" if row.called_off_reason else "",
    ]
    return "\n".join(line for line in lines if line)
