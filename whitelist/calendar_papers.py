"""进校日历 on paper: a school's term and the district's month, A4 landscape, a line a visit.

The same visits give the same bytes: nothing is printed that only the day of printing would change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from jianfu.kernel import dates
from jianfu.kernel.documents.register import RegisterColumn as Column
from jianfu.kernel.documents.register_pdf import Section, render_register
from jianfu.kernel.terms import SchoolCalendar
from jianfu.organisations.selectors import bureau_name, school_calendar

from .calendars import Coming, comings_of, shown_between, teaching_week
from .rules.cap import DEFINITION
from .selectors import term_loads

_WHEN = (Column("日期", 30, centred=True), Column("时间", 26, centred=True))
_WHAT = (Column("活动", 68), Column("实施单位", 44), Column("年级、人数", 40))
SCHOOL_COLUMNS = (*_WHEN, *_WHAT, Column("需要学校准备", 48), Column("说明", 36))
DISTRICT_COLUMNS = (*_WHEN, Column("学校", 46), *_WHAT, Column("说明", 36))
_OUTSIDE = "学校自己邀请的活动不在白名单管理之内，不在这里。不在名单内的社会事务，学校有权拒绝。"


@dataclass(frozen=True)
class Paper:
    """A PDF and what its file is called."""

    title: str
    content: bytes


def term_of_school(school: Any, day: date, sessions: Any, today: date) -> Paper:
    """The term around the day; ``sessions`` is what the person may see."""
    loads = term_loads(school.district_id, day)
    title = f"{school.name}{loads.term}进校活动安排"
    count = next((number for row, number in loads.lines if row.pk == school.pk), 0)
    rows = shown_between(sessions.filter(school=school), loads.first_day, loads.last_day)
    return _paper(
        title,
        _sections(school.district_id, rows, today, _school_row, school_id=school.pk),
        SCHOOL_COLUMNS,
        first=loads.first_day,
        author=school.name,
        heading=(
            f"{dates.chinese_date(loads.first_day)}至{dates.chinese_date(loads.last_day)}",
            f"本学期已安排 {count} {loads.counts}，上限 {loads.cap} {loads.counts}",
        ),
        notes=(DEFINITION, _OUTSIDE),
    )


def month_of_district(district: Any, first: date, sessions: Any, today: date) -> Paper:
    """Every school of the month."""
    last = dates.add_months(first, 1) - timedelta(days=1)
    rows = list(shown_between(sessions, first, last))
    schools = len({row.school_id for row in rows})
    return _paper(
        f"{district.name}{first.year}年{first.month}月社会事务进校安排",
        _sections(district.pk, rows, today, _district_row),
        DISTRICT_COLUMNS,
        first=first,
        author=district.name,
        heading=(bureau_name(district), f"{schools} 所学校，{len(rows)} 场"),
        notes=(_OUTSIDE,),
    )


def _paper(
    title: str, sections: list[Section], columns: tuple[Column, ...], *, first: date, **about: Any
) -> Paper:
    found = sections or [Section("没有安排进校的活动", ())]
    return Paper(title, render_register(title, columns, found, made_on=first, **about))


def _sections(
    district_id: int, rows: Iterable[Any], today: date, row: Any, school_id: int | None = None
) -> list[Section]:
    """One for each week in which something comes, with what is reserved in it."""
    calendar, sections = school_calendar(district_id), []
    by_day = sorted(comings_of(list(rows), today).items())
    for monday, days in groupby(by_day, key=lambda pair: pair[0] - timedelta(days=pair[0].weekday())):
        week = [monday + timedelta(days=place) for place in range(7)]
        lines = [row(coming, _remark(coming, calendar)) for _day, comings in days for coming in comings]
        sections.append(Section(_week_words(week, calendar, school_id), lines))
    return sections


def _week_words(week: list[date], calendar: SchoolCalendar, school_id: int | None) -> str:
    number = teaching_week(calendar, week)
    named = f"第 {number} 教学周" if number else "假期"
    reserved = "、".join(one.words for one in calendar.reserved_between(week[0], week[-1], school_id))
    words = f"{named}（{dates.chinese_period(week[0], week[-1])}）"
    return f"{words}　{reserved}" if reserved else words


def _remark(coming: Coming, calendar: SchoolCalendar) -> str:
    """What is different with it: called off, not agreed yet, moved, together with another, in exams."""
    session = coming.session
    if coming.quiet:
        return f"{coming.standing.label}"
    before = session.moved_from
    spans = calendar.reserved_on(session.day, session.school_id)
    parts = (
        "待区教委核对" if coming.waits else "",
        f"原定{before.month}月{before.day}日" if before else "",
        "同日另有活动" if coming.clash else "",
        *(one.words for one in spans),
    )
    return "；".join(part for part in parts if part)


def _when(session: Any) -> tuple[str, str]:
    day = session.day
    return f"{day.month}月{day.day}日 {dates.chinese_weekday(day)}", session.times


def _who(session: Any) -> str:
    students = f"{session.students} 人" if session.students else ""
    return "，".join(part for part in (session.grades, students) if part)


def _school_row(coming: Coming, remark: str) -> tuple[str, ...]:
    session, activity = coming.session, coming.session.activity
    teachers = f"教师 {session.teacher_count} 人" if session.teacher_count else ""
    needs = "；".join(part for part in (activity.needs, teachers) if part)
    return (*_when(session), activity.title, str(activity.organisation), _who(session), needs, remark)


def _district_row(coming: Coming, remark: str) -> tuple[str, ...]:
    session, activity = coming.session, coming.session.activity
    unit = str(activity.organisation)
    return (*_when(session), str(session.school), activity.title, unit, _who(session), remark)
