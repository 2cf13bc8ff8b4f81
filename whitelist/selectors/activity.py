"""What other apps, and the other pages of this one, may read of visits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from jianfu.kernel import dates
from whitelist.models import Session, Visit
from whitelist.states import REFUSALS, TOOK_PLACE, SessionStanding


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
    return [_held(row, today) for row in rows.for_list()]


def read_sessions(rows: Iterable[Session], on: date) -> list[HeldVisit]:
    return [_held(row, on) for row in rows]


def _held(row: Session, today: date) -> HeldVisit:
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
        standing=row.stands(today),
        reason=said.get_reason_display() if said is not None else "",
        class_hours=row.class_hours,
        teacher_count=row.teacher_count,
        minutes=minutes,
        students=row.students,
        submitted_on=activity.submitted_on,
        moved_from=row.moved_from,
    )
