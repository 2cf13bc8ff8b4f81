"""What the rules look at for a plan: its sessions, what was approved, what else comes to the schools.

A constant number of queries, whatever the district holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import Q

from approvals.selectors import near_applications, schools_admitted
from jianfu.kernel import dates
from jianfu.kernel.calendar import WorkCalendar
from jianfu.kernel.policy import Finding, examine
from jianfu.kernel.terms import SchoolCalendar
from jianfu.organisations.selectors import school_calendar, work_calendar
from jianfu.organisations.states import SpanKind

from .rules.plan import MOVE_RULES, PLAN_RULES
from .rules.slots import Slot, Taken
from .states import ActivityRoad


@dataclass(frozen=True)
class Move:
    """Where a session is to go."""

    session: Any
    day: date
    begins: time
    ends: time


def findings_of(activity: Any, today: date) -> list[Finding]:
    """What the rules say of the plan as it stands; judged by the day on which it was handed in."""
    return examine(PLAN_RULES, facts_of(activity, today), district_id=activity.district_id, on=today)


def findings_of_move(activity: Any, move: Move, today: date) -> list[Finding]:
    """What they say of one session at its new place, the plan's other sessions beside it."""
    facts = {**facts_of(activity, today, move), **_notice(move, today)}
    return examine(MOVE_RULES, facts, district_id=activity.district_id, on=today)


def facts_of(activity: Any, today: date, move: Move | None = None) -> dict[str, Any]:
    entry, slots = activity.entry, _slots(activity, move)
    application = entry.application
    calendar, work = school_calendar(activity.district_id), work_calendar()
    term_of = term_namer(calendar)
    taken = _taken(activity, slots, calendar, move)
    near = near_applications(application) if application is not None and taken else {}
    return {
        "today": today,
        "submitted_on": activity.submitted_on or today,
        "plan_inside": activity.road == ActivityRoad.APPROVED,
        "slots": slots,
        "entry_id": entry.pk,
        "starts_on": entry.starts_on,
        "ends_on": entry.ends_on,
        "removed_on": entry.removed_on,
        "admitted": schools_admitted(application) if application is not None else None,
        "scope": entry.audience,
        "grades": entry.grades,
        "frequency": entry.frequency,
        "class_hours": entry.class_hours,
        "teacher_count": entry.teacher_count,
        "term_of": term_of,
        "own": [(other.school_id, other.day) for other in taken if other.entry_id == entry.pk],
        "taken": taken,
        "near": {one.entry_id: near[one.application_id] for one in taken if one.application_id in near},
        "comings": _comings(taken, term_of),
        "reserved": {slot.key: _reserved(slot, calendar) for slot in slots},
        "closed": {slot.key: words for slot in slots if (words := _closed(slot, calendar, work))},
    }


def term_namer(calendar: SchoolCalendar) -> Callable[[date], str]:
    """Day → its term; where the calendar says nothing, the half year in which it lies."""

    def name(day: date) -> str:
        if term := calendar.term_of(day):
            return term.name
        if day.month in {2, 3, 4, 5, 6, 7}:
            return f"{day.year}年春季学期"
        return f"{day.year - (day.month == 1)}年秋季学期"

    return name


def _notice(move: Move, today: date) -> dict[str, Any]:
    """Working days from today to the earlier of the two days."""
    which = "old" if move.session.day <= move.day else "new"
    return {"notice": work_calendar().between(today, min(move.session.day, move.day)), "notice_of": which}


def _slots(activity: Any, move: Move | None) -> list[Slot]:
    if move is not None:
        return [_slot(move.session, move.day, move.begins, move.ends)]
    rows = activity.sessions.standing().select_related("school").order_by("day", "begins", "pk")
    return [_slot(row, row.day, row.begins, row.ends) for row in rows]


def _slot(row: Any, day: date, begins: time, ends: time) -> Slot:
    return Slot(
        key=str(row.pk),
        school_id=row.school_id,
        school=str(row.school),
        day=day,
        begins=begins,
        ends=ends,
        grades=row.grades,
        teacher_count=row.teacher_count,
        class_hours=row.class_hours,
    )


def _taken(activity: Any, slots: list[Slot], calendar: SchoolCalendar, move: Move | None) -> list[Taken]:
    """Sessions of others at these schools in these terms, and this entry's own ones at any time."""
    if not slots:
        return []
    first, last = _span([slot.day for slot in slots], calendar)
    rows = activity.sessions.model.objects.taking_places()
    rows = rows.filter(school_id__in={slot.school_id for slot in slots})
    rows = rows.filter(Q(day__gte=first, day__lte=last) | Q(activity__entry_id=activity.entry_id))
    rows = rows.exclude(pk=move.session.pk) if move else rows.exclude(activity_id=activity.pk)
    found = rows.order_by("day", "begins", "pk").values_list(
        "activity__entry_id", "activity_id", "activity__title", "activity__organisation__name",
        "activity__organisation__short_name", "school_id", "day", "begins", "ends", "grades",
        "activity__entry__application_id",
    )  # fmt: skip
    return [
        Taken(entry, plan, title, short or unit, *more) for entry, plan, title, unit, short, *more in found
    ]


def _span(days: Iterable[date], calendar: SchoolCalendar) -> tuple[date, date]:
    """From the first day of the earliest term concerned to the last of the latest; whole weeks at least."""
    firsts, lasts = [], []
    for day in days:
        term = calendar.term_of(day)
        firsts.append(term.first_day if term else dates.add_months(day, -6))
        lasts.append(term.last_day if term else dates.add_months(day, 6))
    return min(firsts), max(lasts)


def _comings(taken: list[Taken], term_of: Callable[[date], str]) -> dict[tuple[int, str], list[Any]]:
    found = defaultdict(list)
    for other in taken:
        found[other.school_id, term_of(other.day)].append((other.entry_id, other.day))
    return found


def _reserved(slot: Slot, calendar: SchoolCalendar) -> list[Any]:
    return [one for one in calendar.reserved_on(slot.day, slot.school_id) if one.kind != SpanKind.CLOSED]


def _closed(slot: Slot, calendar: SchoolCalendar, work: WorkCalendar) -> str:
    """Why there is no school; empty on a school day. A worked weekend (调休) is one."""
    for one in calendar.reserved_on(slot.day, slot.school_id):
        if one.kind == SpanKind.CLOSED:
            return one.name
    if not work.is_workday(slot.day):
        return dates.chinese_weekday(slot.day) if slot.day.weekday() > 4 else "法定节假日"
    return "寒暑假" if calendar.is_holiday(slot.day) else ""
