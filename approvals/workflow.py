"""The roads, as tables. Nothing else decides where an application goes."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Refused, refuse
from jianfu.kernel.workflow import Workflow, transition

from . import effects, guards, permissions
from .permissions import plays_no_other_part
from .states import Part, Road, State

CAMPUS_ANNUAL = Workflow(
    name="campus_annual",
    label="进校园·年度",
    states=State,
    initial=State.DRAFTED,
    entering=effects.set_due,
    trace=effects.write_step,
    transitions=(
        transition(
            "submit",
            "提交申请",
            [State.DRAFTED, State.RETURNED],
            State.SUBMITTED,
            permissions.may_write,
            guards=(guards.complete, plays_no_other_part(Part.APPLICANT)),
            effect=effects.hand_in,
            tone="primary",
        ),
        transition(
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
        ),
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
        # Taken by the release that lists the application, never from its own page.
        transition(
            "publish", "公布", [State.FILED], State.PUBLISHED, permissions.may_run_office, button=False
        ),
        transition(
            "return_",
            "退回补正",
            [State.SUBMITTED, State.APPRAISED, State.REVIEWED],
            State.RETURNED,
            permissions.whoever_decides,
            guards=(permissions.separated_decider,),
            note_required=True,
            note_label="退回理由",
        ),
        transition(
            "reject",
            "不予通过",
            [State.APPRAISED, State.REVIEWED],
            State.REJECTED,
            permissions.whoever_decides,
            guards=(permissions.separated_decider,),
            note_required=True,
            note_label="不予通过的理由",
            tone="danger",
        ),
        transition(
            "withdraw",
            "撤回",
            [State.SUBMITTED, State.APPRAISED, State.REVIEWED, State.RETURNED],
            State.WITHDRAWN,
            permissions.may_write,
            note_required=True,
            note_label="撤回理由",
            tone="danger",
        ),
    ),
)

WORKFLOWS: dict[str, Workflow] = {Road.CAMPUS_ANNUAL: CAMPUS_ANNUAL}


def workflow_of(application: Any) -> Workflow:
    """The table that the application walks by. Raises `Refused` for a road that is not open yet."""
    found = WORKFLOWS.get(application.road)
    if found is None:
        raise Refused(refuse(f"“{application.get_road_display()}”尚未开通网上办理，请先按纸质程序办理"))
    return found
