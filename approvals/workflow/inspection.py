"""督查检查评比考核: the items of the yearly plan, the single one, the plan (000 r1, 001-1, 002 一1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from approvals import effects, guards, permissions, plan_effects, plan_permissions
from approvals.permissions import plays_no_other_part
from approvals.states import Part, PlanState, State
from approvals.workflow.shared import road, side_exits, submission
from jianfu.kernel.workflow import Transition, Workflow, transition

_REVIEW = {"guards": (plays_no_other_part(Part.REVIEWER), permissions.from_another_section)}


def _consent(name: str, target: str, *more: Any) -> Transition:
    return transition(
        name,
        "归口审核同意",
        [State.REQUESTED],
        target,
        permissions.is_reviewer,
        guards=(*_REVIEW["guards"], *more),
        note_required=True,
        note_label="归口审核意见",
        effect=plan_effects.join_plan if target == State.COLLECTED else None,
        tone="primary",
    )


def _office(name: str, label: str, moves: Mapping[str, str], actor: Any, part: str) -> Transition:
    return Transition(
        name,
        label,
        dict(moves),
        actor,
        guards=(plays_no_other_part(part),),
        note_required=True,
        note_label="审核意见",
        tone="primary",
    )


# An item follows its plan: what the plan decides is taken by every item it carries, never item by item.
_CARRIED: dict[str, Any] = {"button": False}
PLANNED = road(
    "inspection_plan",
    "督查·年度计划",
    submission(State.REQUESTED),
    _consent("consent", State.COLLECTED),
    transition(
        "approve_in_plan",
        "随年度计划批准",
        [State.COLLECTED],
        State.CLEARED,
        permissions.is_committee,
        guards=(plays_no_other_part(Part.LEADER), guards.plan_is(PlanState.APPROVED)),
        effect=effects.take_approval,
        **_CARRIED,
    ),
    transition(
        "announce_in_plan",
        "随年度计划公布",
        [State.CLEARED],
        State.ANNOUNCED,
        permissions.may_run_office,
        guards=(guards.plan_is(PlanState.PUBLISHED),),
        **_CARRIED,
    ),
    transition(
        "record_in_plan",
        "随年度计划备案",
        [State.ANNOUNCED],
        State.RECORDED,
        permissions.may_run_office,
        guards=(guards.plan_is(PlanState.FILED),),
        effect=effects.take_filing,
        **_CARRIED,
    ),
    *side_exits([State.REQUESTED, State.COLLECTED], [State.REQUESTED, State.COLLECTED]),
)

PARTY = {State.CONSENTED: State.PARTY_PASSED, State.GOVERNMENT_PASSED: State.VETTED}
GOVERNMENT = {State.CONSENTED: State.GOVERNMENT_PASSED, State.PARTY_PASSED: State.VETTED}
_JUDGED = [
    State.REQUESTED, State.CONSENTED, State.PARTY_PASSED, State.GOVERNMENT_PASSED, State.VETTED,
]  # fmt: skip
# 一事一报: the same approvers for one item that is not in the plan, counted apart (002 一1).
SINGLE = road(
    "inspection_single",
    "督查·一事一报",
    submission(State.REQUESTED),
    _consent("consent", State.CONSENTED, guards.offices_review),
    _consent("consent_directly", State.VETTED, guards.no_offices),
    _office("party_review", "党委办审核同意", PARTY, permissions.is_party_office, Part.PARTY_OFFICE),
    _office(
        "government_review",
        "政府办审核同意",
        GOVERNMENT,
        permissions.is_government_office,
        Part.GOVERNMENT_OFFICE,
    ),
    transition(
        "approve_item",
        "批准",
        [State.VETTED],
        State.CLEARED,
        permissions.is_committee,
        guards=(plays_no_other_part(Part.LEADER),),
        note_required=True,
        note_label="审批意见",
        effect=effects.take_approval,
        tone="primary",
    ),
    transition(
        "announce",
        "公布",
        [State.CLEARED],
        State.ANNOUNCED,
        permissions.may_run_office,
        tone="primary",
    ),
    transition(
        "record",
        "登记备案",
        [State.ANNOUNCED],
        State.RECORDED,
        permissions.may_run_office,
        effect=effects.take_filing,
        tone="primary",
    ),
    *side_exits(_JUDGED, _JUDGED),
)


def _plan_step(name: str, label: str, moves: Mapping[str, str], actor: Any, **more: Any) -> Transition:
    return Transition(name, label, dict(moves), actor, **{"tone": "primary", **more})


_PLAN_PARTY = {PlanState.SENT: PlanState.PARTY_PASSED, PlanState.GOVERNMENT_PASSED: PlanState.VETTED}
_PLAN_GOVERNMENT = {PlanState.SENT: PlanState.GOVERNMENT_PASSED, PlanState.PARTY_PASSED: PlanState.VETTED}
PLAN = Workflow(
    name="plan",
    label="督查检查评比考核年度计划",
    states=PlanState,
    initial=PlanState.COLLECTING,
    entering=plan_effects.enter,
    trace=plan_effects.write_step,
    transitions=(
        _plan_step(
            "send",
            "报党委办、政府办审核",
            {PlanState.COLLECTING: PlanState.SENT},
            permissions.may_run_office,
            guards=(guards.plan_has_items, guards.past_disposed, guards.offices_review),
            effect=plan_effects.start_over,
        ),
        _plan_step(
            "send_directly",
            "报审批单位",
            {PlanState.COLLECTING: PlanState.VETTED},
            permissions.may_run_office,
            guards=(guards.plan_has_items, guards.past_disposed, guards.no_offices),
            effect=plan_effects.start_over,
        ),
        _plan_step(
            "party_review",
            "党委办审核同意",
            _PLAN_PARTY,
            permissions.is_party_office,
            guards=(guards.took_no_other_step, guards.apart_from_items(Part.PARTY_OFFICE)),
            note_required=True,
            note_label="审核意见",
            effect=plan_effects.take_party_number,
        ),
        _plan_step(
            "government_review",
            "政府办审核同意",
            _PLAN_GOVERNMENT,
            permissions.is_government_office,
            guards=(guards.took_no_other_step, guards.apart_from_items(Part.GOVERNMENT_OFFICE)),
            note_required=True,
            note_label="审核意见",
            effect=plan_effects.take_government_number,
        ),
        _plan_step(
            "approve",
            "批准",
            {PlanState.VETTED: PlanState.APPROVED},
            permissions.is_committee,
            guards=(guards.took_no_other_step, guards.apart_from_items(Part.LEADER)),
            note_required=True,
            note_label="审批意见",
            effect=plan_effects.take_approval,
        ),
        _plan_step(
            "publish",
            "公布清单",
            {PlanState.APPROVED: PlanState.PUBLISHED},
            permissions.may_run_office,
            effect=plan_effects.take_publication,
        ),
        _plan_step(
            "file",
            "登记备案",
            {PlanState.PUBLISHED: PlanState.FILED},
            permissions.may_run_office,
            effect=plan_effects.take_filing,
        ),
        _plan_step(
            "return_",
            "退回修改",
            dict.fromkeys(
                [PlanState.SENT, PlanState.PARTY_PASSED, PlanState.GOVERNMENT_PASSED, PlanState.VETTED],
                PlanState.COLLECTING,
            ),
            plan_permissions.whoever_judges_the_plan,
            note_required=True,
            note_label="退回理由",
            tone="plain",
        ),
    ),
)
