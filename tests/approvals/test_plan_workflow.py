"""The grids of the yearly plan, of its items and of 一事一报, from the tables themselves."""

from datetime import date

import pytest

from approvals import services
from approvals.states import PlanState, Road, State
from approvals.workflow import PLAN, WORKFLOWS
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.models import PolicyValue
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at
from tests.approvals.plans import (
    PLAN_STATES,
    WHO,
    collected,
    data_of,
    item,
    item_step,
    plan_at,
    plan_of,
    plan_step,
    planned_at,
    single_at,
)
from tests.factories import add_account

pytestmark = pytest.mark.usefixtures("in_march")
OFFICE = {Role.PUBLICATION_CLERK}
PLAN_ACTORS = {
    "send": OFFICE,
    "party_review": {Role.PARTY_OFFICE},
    "government_review": {Role.GOVERNMENT_OFFICE},
    "approve": {Role.COMMITTEE},
    "publish": OFFICE,
    "file": OFFICE,
}
BOTH = {Role.PARTY_OFFICE, Role.GOVERNMENT_OFFICE}
HOLDERS = {
    PlanState.SENT: BOTH,
    PlanState.PARTY_PASSED: {Role.GOVERNMENT_OFFICE},
    PlanState.GOVERNMENT_PASSED: {Role.PARTY_OFFICE},
    PlanState.VETTED: {Role.COMMITTEE},
}
ITEM_HOLDERS = {
    State.REQUESTED: {Role.FIRST_REVIEWER},
    State.COLLECTED: OFFICE,
    State.CONSENTED: BOTH,
    State.PARTY_PASSED: {Role.GOVERNMENT_OFFICE},
    State.GOVERNMENT_PASSED: {Role.PARTY_OFFICE},
    State.VETTED: {Role.COMMITTEE},
}
ITEM_ACTORS = {
    "submit": {Role.APPLICANT},
    "withdraw": {Role.APPLICANT},
    "consent": {Role.FIRST_REVIEWER},
    "party_review": {Role.PARTY_OFFICE},
    "government_review": {Role.GOVERNMENT_OFFICE},
    "approve_item": {Role.COMMITTEE},
    "announce": OFFICE,
    "record": OFFICE,
}
NEVER_BY_ITSELF = {"approve_in_plan", "announce_in_plan", "record_in_plan"}
PLANNED, SINGLE = WORKFLOWS[Road.INSPECTION_PLAN], WORKFLOWS[Road.INSPECTION_SINGLE]


@pytest.fixture
def set_figure(world):
    def write(code, value):
        PolicyValue.objects.create(
            district=world.district,
            code=code,
            value=str(value),
            effective_from=date(2020, 1, 1),
            document="本区文件",
        )

    return write


def at(state, world):
    first = "government_review" if state in {"government_passed"} else "party_review"
    return plan_at(state, world, first)


@pytest.mark.parametrize("state", PLAN_STATES)
def test_every_cell_of_the_plan(world, state):
    plan = at(state, world)
    wrong = []
    for name, row in PLAN.transitions.items():
        for role in Role:
            actors = PLAN_ACTORS.get(name) or HOLDERS.get(PlanState(state), set())
            allowed = state in row.sources and role in actors and name != "send_directly"
            # Who has reviewed the plan does not take its next step.
            if bool(PLAN.decide(plan, name, world.user(role))) is not allowed:
                wrong.append((name, role, allowed))
    assert wrong == []


def test_the_plan_takes_no_other_step():
    assert set(PLAN.transitions) == {*PLAN_ACTORS, "send_directly", "return_"}
    assert PLAN.terminal == {PlanState.FILED}


@pytest.mark.parametrize("state", PLAN_STATES)
def test_another_district_never_moves_the_plan(world, stranger_world, state):
    plan = at(state, world)
    for name in PLAN.transitions:
        for role in Role:
            assert not PLAN.decide(plan, name, stranger_world.user(role)), (name, role)


@pytest.mark.parametrize("state", sorted(PLANNED.reached - {State.MERGED}))
def test_every_cell_of_a_planned_item(world, state):
    application = planned_at(state, world)
    wrong = []
    for name, row in PLANNED.transitions.items():
        for role in Role:
            actors = ITEM_ACTORS.get(name) or ITEM_HOLDERS.get(State(state), set())
            allowed = state in row.sources and role in actors and name not in NEVER_BY_ITSELF
            if bool(PLANNED.decide(application, name, world.user(role))) is not allowed:
                wrong.append((name, role, allowed))
    assert wrong == []


@pytest.mark.parametrize("state", sorted(SINGLE.reached - {State.MERGED}))
def test_every_cell_of_a_single_item(world, state):
    first = "government_review" if state == State.GOVERNMENT_PASSED else "party_review"
    application = (
        single_at(state, world, first) if state != State.DRAFTED else item(world, Road.INSPECTION_SINGLE)
    )
    wrong = []
    for name, row in SINGLE.transitions.items():
        for role in Role:
            actors = ITEM_ACTORS.get(name) or ITEM_HOLDERS.get(State(state), set())
            allowed = state in row.sources and role in actors and name != "consent_directly"
            if bool(SINGLE.decide(application, name, world.user(role))) is not allowed:
                wrong.append((name, role, allowed))
    assert wrong == []


@pytest.mark.parametrize("first", ["party_review", "government_review"])
def test_the_offices_review_in_either_order(world, first):
    plan = plan_at(PlanState.VETTED, world, first)
    assert [step.transition for step in plan.steps.order_by("pk")][1] == first
    assert plan.party_number == plan.government_number == "云委办〔2026〕9号"
    assert single_at(State.VETTED, world, first).state == State.VETTED


def test_an_office_reviews_once(world):
    plan = plan_at(PlanState.PARTY_PASSED, world)
    with pytest.raises(Refused, match="现在是“政府办审核”"):
        plan_step(plan, "party_review", world)


def test_the_direct_way_goes_by_the_figure(world, set_figure):
    set_figure("INSP-OFFICES", 0)
    set_figure("INSP-APPROVER", "区委督查室")
    application = collected(world)
    plan = plan_of(application)
    with pytest.raises(Refused, match="由区委督查室直接审批，不经党委办、政府办审核（INSP-OFFICES）"):
        plan_step(plan, "send", world)
    plan = plan_step(plan_step(plan, "send_directly", world), "approve", world)
    assert plan.state == PlanState.APPROVED
    application.refresh_from_db()
    assert application.state == State.CLEARED
    single = item_step(
        item_step(item(world, Road.INSPECTION_SINGLE), "submit", world), "consent_directly", world
    )
    assert single.state == State.VETTED


def test_without_the_figure_nothing_goes_past_the_offices(world):
    with pytest.raises(Refused, match="须先经党委办、政府办审核"):
        plan_step(plan_at(PlanState.COLLECTING, world), "send_directly", world)


def test_every_item_takes_the_steps_of_its_plan(world):
    one, two = collected(world), collected(world, title="食堂检查")
    outside = item_step(item(world, title="还没同意"), "submit", world)
    plan = plan_of(one)
    for name in ("send", "party_review", "government_review", "approve", "publish", "file"):
        plan = plan_step(plan, name, world)
    for application in (one, two):
        application.refresh_from_db()
        assert application.state == State.RECORDED
        assert application.meeting_number == application.filing_number == "云委办〔2026〕9号"
        assert application.decided_on == plan.approved_on == plan.published_on
        assert application.steps.get(transition="approve_in_plan").part == "leader"
    outside.refresh_from_db()
    assert outside.state == State.REQUESTED


def test_an_item_that_refuses_stops_the_plan_and_is_named(world):
    one, two = collected(world), collected(world, title="食堂检查")
    plan = plan_step(plan_of(one), "send", world)
    for name in ("party_review", "government_review"):
        plan = plan_step(plan, name, world)
    committee = world.user(Role.COMMITTEE)
    two.assignments.create(
        expert=committee.person,
        content_version=1,
        assigned_by=committee,
        assigned_at=plan.state_entered_at,
        due_on=plan.due_on,
    )
    with pytest.raises(Refused, match="“食堂检查”：本人是这项申请的论证专家"):
        plan_step(plan, "approve", world)
    plan.refresh_from_db()
    one.refresh_from_db()
    assert (plan.state, one.state) == (PlanState.VETTED, State.COLLECTED)
    assert not one.steps.filter(transition="approve_in_plan").exists()
    assert not plan.steps.filter(transition="approve").exists()


def test_nothing_leaves_a_plan_that_was_sent(world):
    application = collected(world)
    plan = plan_step(plan_of(application), "send", world)
    for name in ("withdraw", "return_", "reject"):
        with pytest.raises(Refused, match="先把计划退回修改"):
            item_step(application, name, world)
    services.perform_plan(plan=plan, name="return_", by=world.user(Role.PARTY_OFFICE), note="合并两项")
    assert item_step(application, "withdraw", world).state == State.WITHDRAWN


def test_nothing_joins_a_plan_that_was_sent(world):
    application = collected(world)
    late = item_step(item(world, title="后来的"), "submit", world)
    plan_step(plan_of(application), "send", world)
    with pytest.raises(Refused, match="不能再列入。确需开展的，退回后改走一事一报"):
        item_step(late, "consent", world)


def test_reviews_of_an_earlier_sending_do_not_hold(world):
    plan = plan_at(PlanState.PARTY_PASSED, world)
    plan = services.perform_plan(
        plan=plan, name="return_", by=world.user(Role.GOVERNMENT_OFFICE), note="再合并两项"
    )
    assert plan.party_number
    plan = plan_step(plan, "send", world)
    assert (plan.state, plan.party_number) == (PlanState.SENT, "")
    assert plan_step(plan, "party_review", world).state == PlanState.PARTY_PASSED


def test_one_person_reviews_once(world):
    plan = plan_at(PlanState.PARTY_PASSED, world)
    both = add_account(world.user(Role.PARTY_OFFICE).person)
    grant(world, both, Role.GOVERNMENT_OFFICE)
    grant(world, both, Role.COMMITTEE)
    with pytest.raises(Refused, match="本人已经审核过这份计划"):
        services.perform_plan(
            plan=plan,
            name="government_review",
            by=fresh(both),
            note="同意",
            data=data_of("government_review"),
        )
    plan = plan_step(plan, "government_review", world)
    with pytest.raises(Refused, match="本人已经审核过这份计划"):
        services.perform_plan(plan=plan, name="approve", by=fresh(both), note="同意", data=data_of("approve"))


@pytest.mark.parametrize(
    ("role", "name"), [(Role.APPLICANT, "party_review"), (Role.FIRST_REVIEWER, "government_review")]
)
def test_who_applied_or_consented_does_not_judge_the_plan(world, role, name):
    plan = plan_at(PlanState.SENT, world)
    again = add_account(world.user(role).person)
    grant(
        world, again, {"party_review": Role.PARTY_OFFICE, "government_review": Role.GOVERNMENT_OFFICE}[name]
    )
    with pytest.raises(Refused, match="本人申报或审核过其中的“校园消防安全检查”"):
        services.perform_plan(plan=plan, name=name, by=fresh(again), note="同意", data=data_of(name))


@pytest.mark.parametrize(
    ("name", "state", "missing"),
    [
        ("party_review", PlanState.SENT, "document_number"),
        ("government_review", PlanState.SENT, "document_number"),
        ("approve", PlanState.VETTED, "document_number"),
        ("approve", PlanState.VETTED, "decided_on"),
        ("file", PlanState.PUBLISHED, "body"),
        ("file", PlanState.PUBLISHED, "document_number"),
        ("file", PlanState.PUBLISHED, "filed_on"),
    ],
)
def test_a_step_registers_its_document(world, name, state, missing):
    plan = plan_at(state, world)
    with pytest.raises(Refused, match="填写"):
        plan_step(plan, name, world, data={**data_of(name), missing: ""})
    plan.refresh_from_db()
    assert plan.state == state


def test_filing_before_the_approval_is_refused(world):
    plan = plan_at(PlanState.PUBLISHED, world)
    early = plan.approved_on.replace(year=plan.approved_on.year - 1)
    with pytest.raises(Refused, match="备案日期早于批准日期"):
        plan_step(plan, "file", world, data={**data_of("file"), "filed_on": early})


@pytest.mark.parametrize("name", ["party_review", "government_review", "approve", "return_"])
def test_words_are_required_where_the_plan_is_judged(world, name):
    plan = plan_at(PlanState.VETTED if name in {"approve", "return_"} else PlanState.SENT, world)
    by = world.user(Role.COMMITTEE) if name == "return_" else world.user(WHO[name])
    with pytest.raises(Refused, match="让对方知道为什么"):
        services.perform_plan(plan=plan, name=name, by=by, note=" ", data=data_of(name))


def test_a_stale_page_moves_no_plan(world):
    plan = plan_at(PlanState.SENT, world)
    stale = plan.version
    plan_step(plan, "party_review", world)
    with pytest.raises(Conflicted, match="现在是“政府办审核”"):
        plan_step(plan, "government_review", world, expected_version=stale)


def test_a_campus_application_never_joins_a_plan(world):
    assert application_at(State.FILED, world).inspection_plan is None


def grant(world, user, role):
    grant_role(person=user.person, organisation=user.person.organisation, role=role, by=None)


def fresh(user):
    return type(user).objects.get(pk=user.pk)
