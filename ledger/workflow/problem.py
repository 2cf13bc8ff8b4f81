"""The table of 问题整改: from what was found to 销号 (R15, R111)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.kernel.workflow import Act, Workflow, transition
from ledger.permissions import problem as permissions
from ledger.states import ProblemState


def _handed_over_whole(problem: Any, _by: Any) -> Decision:
    missing = [
        label
        for label, value in (
            ("整改责任单位", problem.unit_id),
            ("整改措施", problem.measures),
            ("整改时限", problem.due_on),
        )
        if not value
    ]
    if not missing:
        return allow()
    return refuse(f"先填写{'、'.join(missing)}，再交办")


def _still_counted(problem: Any, _by: Any) -> Decision:
    return refuse("这一条已作废，不再办理") if problem.is_voided else allow()


def _keep_outcome(problem: Any, act: Act) -> None:
    problem.outcome, problem.mended_by = act.note, act.by.person


def _strike_off(problem: Any, act: Act) -> None:
    problem.ended_on = timezone.localdate(act.at)


def _take_up_again(problem: Any, _act: Act) -> None:
    problem.ended_on = None


P = ProblemState
PROBLEM = Workflow(
    name="problem",
    label="问题整改",
    states=ProblemState,
    initial=P.FOUND,
    transitions=(
        transition(
            "hand_over",
            "交办",
            [P.FOUND],
            P.ASSIGNED,
            permissions.may_hand_over,
            guards=(_still_counted, _handed_over_whole),
            tone="primary",
        ),
        transition(
            "mend",
            "上报整改情况",
            [P.ASSIGNED],
            P.MENDED,
            permissions.may_mend,
            guards=(_still_counted,),
            note_required=True,
            note_label="整改情况",
            effect=_keep_outcome,
            tone="primary",
        ),
        transition(
            "close",
            "销号",
            [P.MENDED],
            P.CLOSED,
            permissions.may_close,
            guards=(_still_counted,),
            effect=_strike_off,
            tone="primary",
        ),
        transition(
            "return_",
            "退回整改",
            [P.MENDED],
            P.ASSIGNED,
            permissions.may_hand_over,
            guards=(_still_counted,),
            note_required=True,
            note_label="退回原因",
            tone="danger",
        ),
        transition(
            "reopen",
            "重新整改",
            [P.CLOSED],
            P.ASSIGNED,
            permissions.may_hand_over,
            guards=(_still_counted,),
            note_required=True,
            note_label="重新整改的原因",
            effect=_take_up_again,
            tone="danger",
        ),
    ),
)
