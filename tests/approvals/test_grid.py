"""State × step × role on every road, from the tables; who may is written down here once more, by hand."""

import pytest

from approvals.states import State
from approvals.workflow import WORKFLOWS
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at

OFFICE, REVIEWER = Role.PUBLICATION_CLERK, Role.FIRST_REVIEWER
TAKES = {
    "submit": {Role.APPLICANT},
    "withdraw": {Role.APPLICANT},
    "conclude": set(),  # waits for the panel
    "pass_review": {REVIEWER},
    "approve": {Role.LEADER},
    "file": {OFFICE},
    "publish": {OFFICE},
    "register": {OFFICE},
    "consent": {REVIEWER},
    "consent_directly": set(),  # this district asks both offices
    "approve_in_plan": set(),  # the plan carries its items
    "announce_in_plan": set(),
    "record_in_plan": set(),
    "party_review": {Role.PARTY_OFFICE},
    "government_review": {Role.GOVERNMENT_OFFICE},
    "approve_item": {Role.COMMITTEE},
    "announce": {OFFICE},
    "record": {OFFICE},
    "agree": {REVIEWER},
    "answer_from_data": {REVIEWER},
    "school_agree": {Role.SCHOOL},
    "lend": {Role.COMMITTEE},
    "end": {Role.SCHOOL},
    "renewed": {Role.COMMITTEE},  # with the approval of the renewal, never by a button
}
# The negative answers belong to whoever holds the matter.
HOLDS = {
    State.SUBMITTED: {OFFICE},
    State.APPRAISED: {REVIEWER},
    State.REVIEWED: {Role.LEADER},
    State.REPORTED: {OFFICE},
    State.REQUESTED: {REVIEWER},
    State.COLLECTED: {OFFICE},
    State.CONSENTED: {Role.PARTY_OFFICE, Role.GOVERNMENT_OFFICE},
    State.PARTY_PASSED: {Role.GOVERNMENT_OFFICE},
    State.GOVERNMENT_PASSED: {Role.PARTY_OFFICE},
    State.VETTED: {Role.COMMITTEE},
    State.ASKED: {Role.SCHOOL},
    State.SCHOOL_AGREED: {REVIEWER},
    State.BUREAU_AGREED: {Role.COMMITTEE},
}
CELLS = [(road, state) for road, flow in WORKFLOWS.items() for state in sorted(flow.reached)]


@pytest.mark.parametrize(("road", "state"), CELLS)
def test_every_cell_of_every_road(world, road, state):
    application = application_at(state, world, road=road)
    assert application.state == state
    flow, wrong = WORKFLOWS[road], []
    for name, row in flow.transitions.items():
        for role in Role:
            takes = TAKES.get(name) if name in TAKES else HOLDS.get(State(state), set())
            allowed = state in row.sources and role in takes
            if bool(flow.decide(application, name, world.user(role))) is not allowed:
                wrong.append((name, role.value, allowed))
    assert wrong == []


def test_every_step_has_its_row():
    steps = {name for flow in WORKFLOWS.values() for name in flow.transitions}
    assert steps == {*TAKES, "return_", "reject", "merge"}
