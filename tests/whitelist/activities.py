"""Plans, sessions and visits of a small district, by the shortest way."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from jianfu.kernel import dates
from jianfu.organisations.models import User
from jianfu.organisations.states import Role
from tests.factories import World
from tests.whitelist.factories import entry_of
from whitelist import services
from whitelist.models import Activity, Entry

LISTED_DAYS = 200  # how long the entries of these tests last


def department(world: World) -> User:
    return world.user(Role.APPLICANT, key="applicant-department")


def reviewer(world: World) -> User:
    return world.user(Role.FIRST_REVIEWER)


def school(world: World) -> User:
    return world.user(Role.SCHOOL)


def listed(world: World, **changed: Any) -> Entry:
    """An entry whose time is long enough to plan in."""
    today = dates.today()
    days = {"starts_on": today, "ends_on": today + timedelta(days=LISTED_DAYS)}
    return entry_of(world, **{**days, "frequency": "", **changed})


def weekday(days: int) -> date:
    """The first Monday-to-Friday day that lies so many days ahead, or later."""
    day = dates.today() + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def slot(world: World, day: date, **changed: Any) -> dict[str, Any]:
    return {
        "school": world.place("school"),
        "day": day,
        "begins": time(14, 0),
        "ends": time(14, 40),
        "grades": "四年级",
        "teacher_count": 0,
        **changed,
    }


def plan(world: World, entry: Entry | None = None, **changed: Any) -> Activity:
    """A complete plan without sessions."""
    by = department(world)
    activity = services.open_activity(
        entry=entry or listed(world), by=by, organisation=world.place("department")
    )
    fields = {"safety": "由申报单位负责校内活动安全。", **changed}
    return services.save_activity(activity=activity, by=by, fields=fields)


def scheduled(
    world: World, days: tuple[int, ...] = (40,), entry: Entry | None = None, **changed: Any
) -> Activity:
    """A plan with a session on each of the days ahead."""
    activity = plan(world, entry)
    rows = [slot(world, weekday(ahead), **changed) for ahead in days]
    services.add_sessions(activity=activity, by=department(world), rows=rows)
    return Activity.objects.get(pk=activity.pk)


def handed_in(world: World, **more: Any) -> Activity:
    return services.take_step(activity=scheduled(world, **more), name="submit", by=department(world))


def agreed(world: World, **more: Any) -> Activity:
    return services.take_step(activity=handed_in(world, **more), name="agree", by=reviewer(world))
