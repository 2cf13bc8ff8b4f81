"""What approvals puts on the 工作台, at a cost that does not grow."""

import pytest

from approvals import desk, services
from approvals.states import State
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, draft, experts, step

TODAY = dates.today()


def test_each_role_finds_its_matter_with_kind_and_light(world):
    for state, role, kind, action in (
        (State.SUBMITTED, Role.PUBLICATION_CLERK, "论证", "办理"),
        (State.APPRAISED, Role.FIRST_REVIEWER, "初审", "办理"),
        (State.REVIEWED, Role.LEADER, "审批", "办理"),
        (State.RETURNED, Role.APPLICANT, "补正", "去修改"),
    ):
        application = application_at(state, world, title=f"{kind}的活动")
        (matter,) = [m for m in desk.todo(world.user(role), TODAY) if m.title == f"{kind}的活动"]
        assert (matter.kind, matter.action, matter.holder) == (kind, action, "")
        assert matter.remaining.due == application.due_on
    assert desk.todo(world.user(Role.SCHOOL), TODAY) == []


def test_an_expert_finds_the_sheets_that_are_owed(world):
    application = step(draft(world), "submit", world)
    expert = experts(world)[0]
    services.assign_experts(
        application=application, experts=[expert.person], by=world.user(Role.PUBLICATION_CLERK)
    )
    (matter,) = desk.todo(expert, TODAY)
    assert (matter.kind, matter.origin) == ("论证", "区消防救援支队")
    assert desk.todo_count(expert, TODAY) == 1


def test_what_was_started_says_who_holds_it(world):
    application = application_at(State.APPRAISED, world)
    reviewer = world.user(Role.FIRST_REVIEWER)
    (matter,) = desk.started(world.user(Role.APPLICANT), TODAY)
    assert matter.url == application.get_absolute_url()
    assert matter.holder == f"基教科 {reviewer.person.name}"
    assert desk.started(reviewer, TODAY) == []


def test_done_is_found_again(world):
    application_at(State.REVIEWED, world)
    assert len(desk.done(world.user(Role.FIRST_REVIEWER), TODAY)) == 1
    assert desk.done(world.user(Role.LEADER), TODAY) == []


@pytest.mark.parametrize(
    ("role", "share", "queries"),
    [
        (Role.PUBLICATION_CLERK, "todo", 1),
        (Role.PUBLICATION_CLERK, "todo_count", 1),
        (Role.PUBLICATION_CLERK, "done", 2),
        (Role.APPLICANT, "started", 2),
    ],
)
def test_the_desk_costs_the_same_for_one_row_and_three(
    world, role, share, queries, django_assert_num_queries
):
    user = world.user(role)
    application_at(State.APPRAISED, world)
    application_at(State.SUBMITTED, world)
    getattr(desk, share)(user, TODAY)
    for _ in range(2):
        with django_assert_num_queries(queries):
            getattr(desk, share)(user, TODAY)
        application_at(State.APPRAISED, world)
        application_at(State.SUBMITTED, world)
