"""A plan from its first word to what the school says: who writes what, when, and what is refused."""

from __future__ import annotations

import pytest

from approvals.states import Road
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.states import Role
from tests.whitelist.activities import (
    agreed,
    department,
    handed_in,
    listed,
    plan,
    reviewer,
    school,
    slot,
    weekday,
)
from tests.whitelist.factories import entry_of, soon
from whitelist import services
from whitelist.desk.activity import todo
from whitelist.models import Activity
from whitelist.selectors import held_sessions, sessions_today, visits_of
from whitelist.states import ActivityRoad, ActivityState, SessionStanding, VisitKind


def test_a_new_plan_says_what_the_entry_and_its_application_say(world):
    entry, by, unit = entry_of(world), department(world), world.place("department")
    activity = services.open_activity(entry=entry, by=by, organisation=unit)
    assert (activity.title, activity.serial, activity.state) == (entry.title, 1, ActivityState.DRAFTED)
    assert activity.content == entry.application.method
    assert activity.contact_name == entry.application.contact_name
    again = services.open_activity(entry=entry, by=by, organisation=unit)
    assert again.serial == 2


def test_handed_in_agreed_and_told(world):
    activity = handed_in(world)
    assert activity.state == ActivityState.SUBMITTED
    assert activity.due_on is not None
    agreed_one = services.take_step(activity=activity, name="agree", by=reviewer(world))
    assert (agreed_one.state, agreed_one.due_on) == (ActivityState.AGREED, None)
    assert [step.label for step in agreed_one.steps.all()] == ["同意实施", "报区教委核对"]


def test_without_sessions_it_is_not_handed_in(world):
    with pytest.raises(Refused, match="还没有场次"):
        services.take_step(activity=plan(world), name="submit", by=department(world))


def test_a_past_session_took_place_unless_the_school_says_otherwise(world, clock):
    activity = agreed(world, days=(40, 47, 54))
    one, two, three = activity.sessions.order_by("day")
    clock(one.day)
    services.record_visit(session=one, by=school(world), kind=VisitKind.CONFIRMED)
    with pytest.raises(Refused, match="到那一天才能登记"):
        services.record_visit(session=two, by=school(world), kind=VisitKind.CONFIRMED)
    clock(two.day)
    services.record_visit(session=two, by=school(world), kind=VisitKind.REFUSED, reason="no_paper")
    assert [row.standing for row in sessions_today(activity.entry_id, two.day)] == [SessionStanding.REFUSED]
    clock(three.day, plus=1)
    found = {row.day: row.standing for row in visits_of(world.district.pk, one.day, three.day)}
    assert found == {
        one.day: SessionStanding.CONFIRMED,
        two.day: SessionStanding.REFUSED,
        three.day: SessionStanding.INFERRED,
    }
    assert [row.day for row in held_sessions(activity.entry_id)] == [one.day, three.day]


def test_what_was_handed_in_is_not_rewritten(world):
    activity = handed_in(world)
    with pytest.raises(Refused, match="报送的内容不能再改"):
        services.save_activity(activity=activity, by=department(world), fields={"content": "别的"})
    with pytest.raises(Refused, match="报送的内容不能再改"):
        services.add_sessions(activity=activity, by=department(world), rows=[slot(world, soon(60))])


def test_only_the_schools_own_account_answers(world):
    other = world.user(Role.SCHOOL, place="other_school", key="other-school")
    with pytest.raises(Refused, match="经办人登记"):
        services.record_unlisted(
            school=world.place("school"), by=other, kind=VisitKind.UNLISTED_REFUSED, visitor="某公司"
        )


def test_what_brought_its_plan_along_waits_only_for_its_sessions(world):
    """一事一审: once listed, a plan is there; the unit names the sessions and the school is told at once."""
    entry = listed(world, road=Road.CAMPUS_SINGLE, plan="第一天讲解，第二天演练。")
    activity = Activity.objects.get(entry=entry)
    assert (activity.road, activity.state) == (ActivityRoad.APPROVED, ActivityState.DRAFTED)
    assert (activity.content, activity.due_on is None) == ("第一天讲解，第二天演练。", False)
    by = department(world)
    assert [matter.stage for matter in todo(by, dates.today())] == ["草拟"]
    services.save_activity(activity=activity, by=by, fields={"safety": "有预案"})
    services.add_sessions(activity=activity, by=by, rows=[slot(world, weekday(3))])
    told = services.take_step(activity=activity, name="announce", by=by)
    assert told.state == ActivityState.AGREED
    assert not Activity.objects.filter(entry=listed(world)).exists()
