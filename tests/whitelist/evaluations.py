"""Entries that came to schools, and days after their end."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from jianfu.kernel import dates
from jianfu.organisations.models import Organisation
from jianfu.organisations.states import Kind, Role
from tests.factories import World
from tests.whitelist.factories import entry_of
from whitelist import services
from whitelist.models import Activity, Entry, Session, Visit, Voice
from whitelist.selectors.evaluation import Evaluation, evaluation_of
from whitelist.states import QUESTIONS, Party, Season

LISTED_ON = date(2026, 9, 7)  # a Monday
ENDS_ON = date(2026, 10, 30)
AFTER = ENDS_ON + timedelta(days=3)


def at_day(day: date) -> Any:
    return dates.as_of(timezone.make_aware(datetime.combine(day, time(10))))


def another_school(world: World, number: int) -> Organisation:
    """学校1 …, with a clerk of its own when asked for by `school_clerk`."""
    key = f"school-{number}"
    if key not in world.places:
        world.places[key] = Organisation.objects.create(
            district=world.district, kind=Kind.SCHOOL, name=f"第{number}小学"
        )
    return world.places[key]


def school_clerk(world: World, number: int) -> Any:
    another_school(world, number)
    return world.user(Role.SCHOOL, place=f"school-{number}", key=f"clerk-{number}")


def listed_entry(world: World, **changed: Any) -> Entry:
    with at_day(LISTED_ON):
        return entry_of(world, **{"starts_on": LISTED_ON, "ends_on": ENDS_ON, **changed})


def activity_of(entry: Entry, **changed: Any) -> Activity:
    """Agreed to; its road is tested with the activities."""
    application = entry.application
    return Activity.objects.create(
        district=entry.district,
        entry=entry,
        serial=1,
        organisation=application.organisation,
        handler=application.handler,
        **{"state": "agreed", "title": entry.title, "submitted_on": LISTED_ON, **changed},
    )


def session_of(activity: Activity, school: Organisation, day: date, **changed: Any) -> Session:
    times = {"begins": time(14, 0), "ends": time(14, 40)}
    return Session.objects.create(activity=activity, school=school, day=day, **{**times, **changed})


def refuse_session(session: Session, world: World) -> Visit:
    return Visit.objects.create(
        district=world.district, school=session.school, session=session, day=session.day, kind="refused",
        reason="commercial", recorded_by=school_clerk(world, 1).person,
    )  # fmt: skip


def visited_entry(world: World, schools: int = 3, **changed: Any) -> Entry:
    """An entry that came once to so many schools, in the last week of its time."""
    entry = listed_entry(world, **changed)
    activity = activity_of(entry)
    for number in range(1, schools + 1):
        session_of(
            activity, another_school(world, number), min(entry.ends_on, ENDS_ON) - timedelta(days=number)
        )
    return entry


def the_evaluation(entry: Entry) -> Evaluation:
    found = evaluation_of(entry, Season.of(min(entry.ends_on, ENDS_ON)))
    assert found is not None
    return found


def answers(party: str, grade: int) -> dict[str, int]:
    return {question.code: grade for question in QUESTIONS[party]}


def give(entry: Entry, party: str, grade: int, by: Any, line: str = "") -> Voice:
    return services.give_voice(
        evaluation=the_evaluation(entry), party=party, answers=answers(party, grade), by=by, line=line
    )


def schools_give(entry: Entry, world: World, *grades: int) -> None:
    for number, grade in enumerate(grades, start=1):
        give(entry, Party.SCHOOL, grade, school_clerk(world, number), line=f"第{number}小学的话")
