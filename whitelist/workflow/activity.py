"""The road of an activity: its plan is checked, or was approved with the application (R53)."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.workflow import Transition, Workflow, transition
from whitelist import permissions, planning
from whitelist.states import ActivityRoad, ActivityState

_S = ActivityState


def _road(name: str, label: str, *rows: Transition) -> Workflow:
    return Workflow(
        name=name,
        label=label,
        states=ActivityState,
        initial=_S.DRAFTED,
        transitions=(*rows, *_AFTER),
        entering=planning.enter,
        trace=planning.write_step,
    )


_AFTER = (
    transition(
        "move",
        "改期",
        [_S.AGREED],
        _S.AGREED,
        permissions.may_plan,
        note_required=True,
        note_label="改期原因",
        effect=planning.move_one,
        button=False,
    ),
    transition(
        "drop",
        "取消一场",
        [_S.AGREED],
        _S.AGREED,
        permissions.may_call_off,
        note_required=True,
        note_label="取消原因",
        effect=planning.call_off_one,
        button=False,
    ),
    transition(
        "conclude",
        "登记已开展",
        [_S.AGREED],
        _S.CONCLUDED,
        permissions.may_plan,
        guards=(planning.over,),
    ),
    transition(
        "call_off",
        "取消活动",
        [_S.DRAFTED, _S.SUBMITTED, _S.RETURNED, _S.AGREED],
        _S.CALLED_OFF,
        permissions.may_call_off,
        guards=(planning.nothing_took_place,),
        note_required=True,
        note_label="取消原因",
        effect=planning.call_off_sessions,
        tone="danger",
    ),
)

CHECKED = _road(
    "activity",
    "活动实施方案",
    transition(
        "submit",
        "报区教委核对",
        [_S.DRAFTED, _S.RETURNED],
        _S.SUBMITTED,
        permissions.may_plan,
        guards=(planning.complete, planning.within_rules),
        effect=planning.hand_in,
        tone="primary",
    ),
    transition("withdraw", "撤回修改", [_S.SUBMITTED], _S.DRAFTED, permissions.may_plan),
    transition(
        "agree",
        "同意实施",
        [_S.SUBMITTED],
        _S.AGREED,
        permissions.may_check,
        guards=(planning.complete, planning.within_rules),
        effect=planning.weigh,
        tone="primary",
    ),
    transition(
        "return_",
        "退回补正",
        [_S.SUBMITTED],
        _S.RETURNED,
        permissions.may_check,
        note_required=True,
        note_label="退回理由",
    ),
)
APPROVED = _road(
    "activity_approved",
    "已批准活动的场次",
    transition(
        "announce",
        "通知学校",
        [_S.DRAFTED],
        _S.AGREED,
        permissions.may_plan,
        guards=(planning.complete, planning.within_rules),
        effect=planning.hand_in,
        tone="primary",
    ),
)
ACTIVITIES = {ActivityRoad.CHECKED: CHECKED, ActivityRoad.APPROVED: APPROVED}


def way_of(activity: Any) -> Workflow:
    return ACTIVITIES[ActivityRoad(activity.road)]
