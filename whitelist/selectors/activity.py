"""What other apps, and the other pages of this one, may read of visits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from approvals.selectors import SCHOOL_CAP
from jianfu.kernel import dates
from jianfu.kernel.policy import figure_value
from jianfu.organisations.selectors import organisations, school_calendar
from jianfu.organisations.selectors import schools as schools_of
from jianfu.organisations.states import Role
from whitelist.around import term_namer
from whitelist.figures import CAP_COUNTS
from whitelist.models import Entry, Session, Visit
from whitelist.rules.cap import load_of
from whitelist.states import REFUSALS, TOOK_PLACE, ActivityState, SessionStanding


@dataclass(frozen=True)
class HeldVisit:
    """A session as it stands: taken place, refused, ahead … ``inferred``: by the plan, nobody said so.

    ``hours`` are teacher hours: teachers × the time from–to; None where no teacher number is known.
    """

    session_id: int
    activity_id: int
    entry_id: int
    application_id: int | None
    title: str
    unit_id: int
    unit: str
    school_id: int
    school: str
    day: date
    standing: SessionStanding
    reason: str
    class_hours: Decimal
    teacher_count: int
    minutes: int
    students: int | None
    submitted_on: date | None
    moved_from: date | None

    @property
    def took_place(self) -> bool:
        return self.standing in TOOK_PLACE

    @property
    def inferred(self) -> bool:
        return self.standing == SessionStanding.INFERRED

    @property
    def person_minutes(self) -> int:
        return self.teacher_count * self.minutes


@dataclass(frozen=True)
class TermLoads:
    """What comes to each school in a term against the cap: (school, number) by name, never by number."""

    term: str
    first_day: date
    last_day: date
    cap: int
    counts: str
    lines: tuple[tuple[Any, int], ...]


def visits_of(district_id: int, first: date, last: date) -> list[HeldVisit]:
    """Every session that the schools were told of, between the two days (both count), with how it stands
    today; one query. Take those that ``took_place``; refusals are there, too."""
    rows = Session.objects.known().filter(activity__district_id=district_id).between(first, last)
    return _read(rows)


def held_sessions(entry_id: int) -> list[HeldVisit]:
    """The sessions of an entry that took place, confirmed by the school or by the plan; one query."""
    rows = Session.objects.known().filter(activity__entry_id=entry_id)
    return [one for one in _read(rows) if one.took_place]


def sessions_today(entry_id: int, on: date) -> list[HeldVisit]:
    """The sessions of an entry on the day, called-off ones and drafts left out; one query."""
    return _read(Session.objects.known().filter(activity__entry_id=entry_id, day=on))


def unlisted_visits(district_id: int, first: date, last: date) -> Any:
    """Who came without being announced, as schools wrote it down."""
    rows = Visit.objects.filter(district_id=district_id).unlisted().between(first, last)
    return rows.select_related("school").order_by("day", "pk")


def refused_visits(district_id: int, first: date, last: date) -> Any:
    """Every visit that a school sent away, announced or not."""
    rows = Visit.objects.filter(district_id=district_id, kind__in=REFUSALS).between(first, last)
    return rows.select_related("school", "session__activity__organisation").order_by("day", "pk")


def _read(rows: Any) -> list[HeldVisit]:
    today = dates.today()
    return [_held(row, today, _checked(row, today)) for row in rows.for_list()]


def read_sessions(rows: Iterable[Session], on: date) -> list[HeldVisit]:
    """As the unit and the schools may know it: what a check found is left out."""
    return [_held(row, on, row.stands(on)) for row in rows]


def _checked(row: Session, on: date) -> SessionStanding:
    """What is only taken from the plan is not, where a check found otherwise; a school's word stands."""
    standing = row.stands(on)
    inferred = standing == SessionStanding.INFERRED
    return SessionStanding.DOUBTED if inferred and row.doubts else standing


def _held(row: Session, today: date, standing: SessionStanding) -> HeldVisit:
    activity, said = row.activity, getattr(row, "visit", None)
    minutes = (row.ends.hour - row.begins.hour) * 60 + row.ends.minute - row.begins.minute
    return HeldVisit(
        session_id=row.pk,
        activity_id=activity.pk,
        entry_id=activity.entry_id,
        application_id=activity.entry.application_id,
        title=activity.title,
        unit_id=activity.organisation_id,
        unit=str(activity.organisation),
        school_id=row.school_id,
        school=str(row.school),
        day=row.day,
        standing=standing,
        reason=said.get_reason_display() if said is not None else "",
        class_hours=row.class_hours,
        teacher_count=row.teacher_count,
        minutes=minutes,
        students=row.students,
        submitted_on=activity.submitted_on,
        moved_from=row.moved_from,
    )


def plannable(user: Any, on: date) -> Any:
    """The items on today's list that name one of the person's units, by number."""
    units = user.organisation_ids(Role.APPLICANT)
    if not units:
        return Entry.objects.none()
    names = organisations(user.district_id).filter(pk__in=units).values_list("name", flat=True)
    mine = Q(application__organisation__in=units) | Q(application__joint_organisations__in=units)
    paper = Q(application=None, lead_name__in=list(names))
    rows = Entry.objects.filter(district_id=user.district_id).current(on).filter(mine | paper)
    plans = Count("activities", filter=~Q(activities__state=ActivityState.CALLED_OFF), distinct=True)
    return rows.select_related("application").annotate(plan_count=plans).order_by("number").distinct()


def term_loads(district_id: int, on: date) -> TermLoads:
    """How many items each school has this term against its cap, in the order of the schools' names.

    Two queries and those of the calendar, whatever the number of schools.
    """
    calendar = school_calendar(district_id)
    term = calendar.term_around(on)
    name = term.name if term else term_namer(calendar)(on)
    first, last = (term.first_day, term.last_day) if term else _half_year(on)
    comings: dict[int, list[tuple[int, date]]] = {}
    rows = Session.objects.taking_places().filter(activity__district_id=district_id).between(first, last)
    for school, entry, day in rows.order_by().values_list("school_id", "activity__entry_id", "day"):
        comings.setdefault(school, []).append((entry, day))
    counts = str(figure_value(CAP_COUNTS, district_id, on))
    cap = int(figure_value(SCHOOL_CAP, district_id, on))
    schools = schools_of(district_id).order_by("position", "name")
    lines = tuple((row, load_of(comings.get(row.pk, ()), counts)) for row in schools)
    return TermLoads(name, first, last, cap, counts, lines)


def _half_year(on: date) -> tuple[date, date]:
    """February to July, August to January: where nobody registered the terms."""
    if 2 <= on.month <= 7:
        return date(on.year, 2, 1), date(on.year, 7, 31)
    year = on.year - (on.month == 1)
    return date(year, 8, 1), date(year + 1, 1, 31)
