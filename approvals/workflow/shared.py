"""Rows that the roads have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from approvals import effects, guards, permissions
from approvals.permissions import plays_no_other_part
from approvals.states import Part, State
from jianfu.kernel.workflow import Transition, Workflow, transition


def road(name: str, label: str, *rows: Transition) -> Workflow:
    return Workflow(
        name=name,
        label=label,
        states=State,
        initial=State.DRAFTED,
        entering=effects.enter,
        trace=effects.write_step,
        transitions=rows,
    )


def submission(target: str) -> Transition:
    return transition(
        "submit",
        "提交申请",
        [State.DRAFTED, State.RETURNED],
        target,
        permissions.may_write,
        guards=(guards.complete, plays_no_other_part(Part.APPLICANT)),
        effect=effects.hand_in,
        tone="primary",
    )


def side_exits(returning: Iterable[str], rejecting: Iterable[str]) -> tuple[Transition, ...]:
    """退回补正 and 并入 from each step that judges, 不予通过 from some, 撤回 by the applicant."""
    back, no = list(returning), list(rejecting)
    return (
        _negative("return_", "退回补正", back, State.RETURNED, note_label="退回理由"),
        _negative("reject", "不予通过", no, State.REJECTED, note_label="不予通过的理由", tone="danger"),
        # Taken on a page of its own, where the other application is chosen.
        _negative(
            "merge",
            "并入其他申请",
            back,
            State.MERGED,
            note_label="并入理由",
            effect=effects.take_merge,
            button=False,
        ),
        transition(
            "withdraw",
            "撤回",
            [*dict.fromkeys([*back, State.RETURNED])],
            State.WITHDRAWN,
            permissions.may_write,
            guards=(guards.not_carried_by_plan,),
            note_required=True,
            note_label="撤回理由",
            tone="danger",
        ),
    )


def _negative(name: str, label: str, sources: list[str], target: str, **more: Any) -> Transition:
    return transition(
        name,
        label,
        sources,
        target,
        permissions.whoever_decides,
        **{
            "guards": (permissions.separated_decider, guards.not_carried_by_plan),
            "note_required": True,
            "effect": effects.take_grounds,
            **more,
        },
    )
