"""Which document there is for whom: the whole grid of documents and states, and who asks."""

import pytest

from approvals import services
from approvals.exports import Case, Paper, papers
from approvals.exports.permissions import may_print
from approvals.states import Road, State
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from tests.approvals.exports.reading import text_of
from tests.approvals.factories import application_at, draft, experts, give_opinions, step

# State of the yearly road → what the office may print there.
OFFICE = {
    State.DRAFTED: set(),
    State.SUBMITTED: {"form", "flow"},
    State.APPRAISED: {"form", "flow", "panel"},
    State.REVIEWED: {"form", "flow", "panel"},
    State.APPROVED: {"form", "flow", "panel", "reply", "filing"},
    State.FILED: {"form", "flow", "panel", "reply", "filing"},
    State.PUBLISHED: {"form", "flow", "panel", "reply", "filing"},
    State.RETURNED: {"form", "flow", "return"},
    State.REJECTED: {"form", "flow", "panel", "refusal"},
    State.WITHDRAWN: {"form", "flow"},
}
# What the applicant lacks of that: the panel's words before the decision, the report upward at all times.
NOT_YET = {State.APPRAISED: {"panel"}, State.REVIEWED: {"panel"}}


def offered(application, user) -> set[str]:
    return {paper.value for paper in papers(Case(application, user))}


@pytest.mark.parametrize("state", OFFICE)
def test_each_state_offers_its_documents(world, state):
    application = application_at(state, world)
    assert offered(application, world.user(Role.PUBLICATION_CLERK)) == OFFICE[state]
    applicant = OFFICE[state] - {"filing"} - NOT_YET.get(state, set())
    assert offered(application, world.user(Role.APPLICANT)) == applicant


def test_what_is_not_offered_says_why(world):
    office = world.user(Role.PUBLICATION_CLERK)
    reasons = {
        (State.DRAFTED, Paper.FLOW): "草稿还没有提交",
        (State.SUBMITTED, Paper.PANEL): "还没有汇总",
        (State.REVIEWED, Paper.REPLY): "还没有审批同意",
        (State.REVIEWED, Paper.FILING): "还没有到备案环节",
        (State.REVIEWED, Paper.RETURN): "没有退回过",
        (State.REVIEWED, Paper.REFUSAL): "没有不予通过的决定",
    }
    for (state, paper), words in reasons.items():
        decision = may_print(Case(application_at(state, world), office), paper)
        assert not decision
        assert words in decision.text


@pytest.mark.parametrize(
    ("road", "state", "paper", "words"),
    [
        (Road.CAMPUS_URGENT, State.APPROVED, Paper.PANEL, "不经专家论证"),
        (Road.CAMPUS_EXEMPT, State.FILED, Paper.REPLY, "只作登记，没有批复"),
        (Road.CAMPUS_EXEMPT, State.FILED, Paper.FILING, "只作登记，不用备案"),
        (Road.SURVEY, State.AGREED, Paper.FILING, "不用备案"),
    ],
)
def test_a_road_without_the_step_has_not_the_document(world, road, state, paper, words):
    application = draft(world)
    application.road, application.content_version = road, 1
    setattr(application, "state", state)  # noqa: B010 - in memory only: what the words depend on
    decision = may_print(Case(application, world.user(Role.PUBLICATION_CLERK)), paper)
    assert words in decision.text


def test_a_joint_unit_stands_on_the_applicants_side(world):
    application = application_at(State.REVIEWED, world)
    application.joint_organisations.add(world.place("other_department"))
    joint = world.user(Role.APPLICANT, place="other_department", key="joint")
    assert offered(application, joint) == {"form", "flow"}


def test_an_expert_has_the_panels_paper_and_no_letter_to_the_applicant(world):
    application = application_at(State.REJECTED, world)
    assert offered(application, experts(world)[0]) == {"form", "flow", "panel"}
    assert offered(application_at(State.RETURNED, world), experts(world)[0]) == {"form", "flow"}
    assert "filing" not in offered(application_at(State.APPROVED, world), experts(world)[0])


@pytest.mark.parametrize(
    ("role", "sheets"),
    [
        (Role.PUBLICATION_CLERK, 3),
        (Role.FIRST_REVIEWER, 3),
        (Role.LEADER, 3),
        (Role.APPLICANT, 0),
        (Role.SECTION_CLERK, 0),
    ],
)
def test_single_sheets_are_for_those_who_decide(world, role, sheets):
    application = application_at(State.APPROVED, world)
    application.refresh_from_db()
    assert len(Case(application, world.user(role)).sheets) == sheets


def test_no_sheet_for_an_applicant_who_is_a_reviewer_too(world):
    application = application_at(State.APPROVED, world)
    both = world.user(Role.FIRST_REVIEWER, key="both")
    grant_role(person=both.person, organisation=world.place("department"), role=Role.APPLICANT, by=None)
    both = type(both).objects.get(pk=both.pk)
    case = Case(application, both)
    assert case.sheets == []
    assert not may_print(case, Paper.FILING)


def test_the_panels_words_are_kept_from_the_applicant_until_the_decision(world):
    application = step(draft(world), "submit", world)
    give_opinions(application, world)
    application = services.perform(
        application=application,
        name="conclude",
        by=world.user(Role.PUBLICATION_CLERK),
        note="专家组认为可行",
        data={"conclusion": "agree"},
    )
    assert "专家组认为可行" not in text_of(application, world.user(Role.APPLICANT), Paper.FLOW)
    assert "专家组认为可行" in text_of(application, world.user(Role.LEADER), Paper.FLOW)
    application = step(step(application, "pass_review", world), "approve", world)
    assert "专家组认为可行" in text_of(application, world.user(Role.APPLICANT), Paper.FLOW)
    assert "专家组认为可行" in text_of(application, world.user(Role.APPLICANT), Paper.PANEL)
