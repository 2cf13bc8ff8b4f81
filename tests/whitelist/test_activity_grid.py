"""Every state × step × role of both tables; who may is written here once more, by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jianfu.kernel import dates
from jianfu.organisations.services import delegate, grant_role
from jianfu.organisations.states import Role
from tests.whitelist.activities import department, reviewer, scheduled
from whitelist.models import Activity
from whitelist.states import ActivityRoad, ActivityState
from whitelist.workflow import ACTIVITIES

S = ActivityState
UNIT, BUREAU = "unit", "bureau"
# step → (where it begins, where it ends, who)
CHECKED = {
    "submit": ({S.DRAFTED, S.RETURNED}, S.SUBMITTED, {UNIT}),
    "withdraw": ({S.SUBMITTED}, S.DRAFTED, {UNIT}),
    "agree": ({S.SUBMITTED}, S.AGREED, {BUREAU}),
    "return_": ({S.SUBMITTED}, S.RETURNED, {BUREAU}),
    "move": ({S.AGREED}, S.AGREED, {UNIT}),
    "drop": ({S.AGREED}, S.AGREED, {UNIT, BUREAU}),
    "conclude": (set(), S.CONCLUDED, {UNIT}),  # refused everywhere: its sessions lie ahead
    "call_off": ({S.DRAFTED, S.SUBMITTED, S.RETURNED, S.AGREED}, S.CALLED_OFF, {UNIT, BUREAU}),
}
APPROVED = {
    "announce": ({S.DRAFTED}, S.AGREED, {UNIT}),
    **{name: CHECKED[name] for name in ("move", "drop", "conclude", "call_off")},
}
TABLES = {ActivityRoad.CHECKED: CHECKED, ActivityRoad.APPROVED: APPROVED}


@pytest.fixture
def people(world, stranger_world):
    """(who, part): the two who may, and everybody who must not."""
    others = [world.user(role) for role in Role if role not in {Role.APPLICANT, Role.FIRST_REVIEWER}]
    both = world.user(Role.APPLICANT, key="applicant-department")
    own_room = world.user(Role.FIRST_REVIEWER, place="department", key="own-room")
    return [
        (both, UNIT),
        (reviewer(world), BUREAU),
        (own_room, None),
        (world.user(Role.APPLICANT, place="other_department", key="other"), None),
        (stranger_world.user(Role.APPLICANT), None),
        (stranger_world.user(Role.FIRST_REVIEWER), None),
        *((user, None) for user in others),
    ]


@pytest.mark.parametrize("road", ActivityRoad)
def test_every_state_step_and_role(world, people, road):
    activity = scheduled(world)
    activity.road = road
    way, expected = ACTIVITIES[road], TABLES[road]
    assert set(way.transitions) == set(expected)
    for state in S:
        activity.state = state
        for name, (sources, target, who) in expected.items():
            assert way.transitions[name].targets == {target}
            for user, part in people:
                allowed = bool(way.decide(activity, name, user))
                assert allowed == (state in sources and part in who), (state, name, user, part)


def test_who_drew_it_up_does_not_check_it_nor_his_agent(world):
    activity = Activity.objects.get(pk=scheduled(world).pk)
    activity.state = S.SUBMITTED
    way = ACTIVITIES[ActivityRoad.CHECKED]
    author = department(world)
    grant_role(person=author.person, organisation=world.place("section"), role=Role.FIRST_REVIEWER, by=None)
    author = type(author).objects.get(pk=author.pk)
    assert "由其他科室的初审人核对" in way.decide(activity, "agree", author).text
    agent = world.user(Role.SECTION_CLERK)
    membership = next(row for row in author.memberships if row.role == Role.FIRST_REVIEWER)
    today = dates.today()
    delegate(
        memberships=[membership],
        agent=agent.person,
        since=today,
        until=today + timedelta(days=3),
        reason="出差",
        by=author,
    )
    agent = type(agent).objects.get(pk=agent.pk)
    assert not way.decide(activity, "agree", agent)


def test_a_delegate_of_somebody_else_checks_it(world):
    activity, boss, agent = scheduled(world), reviewer(world), world.user(Role.SECTION_CLERK)
    activity.state, today = S.SUBMITTED, dates.today()
    delegate(
        memberships=boss.memberships,
        agent=agent.person,
        since=today,
        until=today + timedelta(days=3),
        reason="出差",
        by=boss,
    )
    agent = type(agent).objects.get(pk=agent.pk)
    assert ACTIVITIES[ActivityRoad.CHECKED].decide(activity, "agree", agent)


def test_rows_open_to_each_role(world, people):
    """Drafts for the unit; handed in for staff; agreed for the school it comes to; nothing for others."""
    activity = scheduled(world)
    other_school = world.user(Role.SCHOOL, place="other_school", key="other-school")
    for state in S:
        Activity.objects.filter(pk=activity.pk).update(state=state)
        for user, part in [*people, (other_school, None)]:
            seen = Activity.objects.visible_to(user).filter(pk=activity.pk).exists()
            mine = part == UNIT or (user.organisation == activity.organisation and user.has(Role.APPLICANT))
            staff = user.is_district_staff and user.district_id == activity.district_id and state != S.DRAFTED
            school = user.has(Role.SCHOOL) and user != other_school
            told = school and state in {S.AGREED, S.CONCLUDED, S.CALLED_OFF}
            assert seen == bool(mine or staff or told), (state, user, part)
