"""进校园 (004 四（三）, 001-3): yearly, one by one, urgent, exempt."""

from __future__ import annotations

from approvals import effects, guards, permissions
from approvals.permissions import plays_no_other_part
from approvals.states import Part, State
from approvals.workflow.shared import road, side_exits, submission
from jianfu.kernel.workflow import Transition, Workflow, transition

CONCLUDE = transition(
    "conclude",
    "汇总论证意见，送初审",
    [State.SUBMITTED],
    State.APPRAISED,
    permissions.may_run_office,
    guards=(guards.quorum,),
    note_required=True,
    note_label="论证意见",
    effect=effects.take_conclusion,
    tone="primary",
)
# From 初审 on, the three applied-for roads are one.
DECISION: tuple[Transition, ...] = (
    transition(
        "pass_review",
        "同意，报领导小组",
        [State.APPRAISED],
        State.REVIEWED,
        permissions.is_reviewer,
        guards=(plays_no_other_part(Part.REVIEWER), permissions.from_another_section),
        note_required=True,
        note_label="初审意见",
        tone="primary",
    ),
    transition(
        "approve",
        "审批同意",
        [State.REVIEWED],
        State.APPROVED,
        permissions.is_leader,
        guards=(plays_no_other_part(Part.LEADER),),
        note_required=True,
        note_label="审批意见",
        effect=effects.take_meeting,
        tone="primary",
    ),
    transition(
        "file",
        "登记备案",
        [State.APPROVED],
        State.FILED,
        permissions.may_run_office,
        effect=effects.take_filing,
        tone="primary",
    ),
)
# Taken by the release that lists the application, never from its own page.
PUBLISH = transition(
    "publish", "公布", [State.FILED], State.PUBLISHED, permissions.may_run_office, button=False
)
REGISTER = transition(
    "register",
    "登记为免申报",
    [State.REPORTED],
    State.FILED,
    permissions.may_run_office,
    note_required=True,
    note_label="登记意见",
    tone="primary",
)


def _argued(name: str, label: str) -> Workflow:
    judged = [State.SUBMITTED, State.APPRAISED, State.REVIEWED]
    exits = side_exits(judged, [State.APPRAISED, State.REVIEWED])
    return road(name, label, submission(State.SUBMITTED), CONCLUDE, *DECISION, PUBLISH, *exits)


ANNUAL = _argued("campus_annual", "进校园·年度")
SINGLE = _argued("campus_single", "进校园·一事一审")
# 临时申报，简化流程: no panel, still the leading group (001-3, 004 四（一）④).
URGENT = road(
    "campus_urgent",
    "进校园·即时突发",
    submission(State.APPRAISED),
    *DECISION,
    PUBLISH,
    *side_exits([State.APPRAISED, State.REVIEWED], [State.APPRAISED, State.REVIEWED]),
)
EXEMPT = road(
    "campus_exempt",
    "进校园·免申报",
    submission(State.REPORTED),
    REGISTER,
    PUBLISH,
    *side_exits([State.REPORTED], [State.REPORTED]),
)
