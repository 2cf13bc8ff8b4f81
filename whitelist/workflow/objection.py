"""The answer to an objection, as a table: 采纳 or 不采纳, each in words."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse, require
from jianfu.kernel.steps import words_in
from jianfu.kernel.workflow import Act, Workflow, transition
from whitelist import permissions
from whitelist.states import ObjectionState, Remedy, State


def _may_answer(objection: Any, by: Any) -> Decision:
    return permissions.may_publish(objection.release, by)


def _not_decided_yet(objection: Any, _by: Any) -> Decision:
    """Once the list was sent to be signed, nothing in it is taken out behind the leader's back."""
    release = objection.release
    if release.state in (State.DRAFTED, State.POSTED):
        return allow()
    return refuse(f"{release}现在是“{release.get_state_display()}”，先撤回，再答复异议")


def _answer(objection: Any, act: Act) -> None:
    objection.answer, objection.answered_by = act.note, act.by.person


def _adopt(objection: Any, act: Act) -> None:
    remedy = words_in(act, "remedy")
    wanted = set(Remedy) if objection.application_id else {Remedy.REDRAFT}
    if remedy not in wanted:
        require(refuse("选择采纳后怎样处理"))
    objection.remedy = remedy
    _answer(objection, act)


OBJECTION = Workflow(
    name="objection",
    label="公示异议",
    states=ObjectionState,
    initial=ObjectionState.RECEIVED,
    transitions=(
        transition(
            "adopt",
            "采纳",
            [ObjectionState.RECEIVED],
            ObjectionState.ADOPTED,
            _may_answer,
            guards=(_not_decided_yet,),
            note_required=True,
            note_label="答复",
            effect=_adopt,
            tone="primary",
        ),
        transition(
            "decline",
            "不采纳",
            [ObjectionState.RECEIVED],
            ObjectionState.DECLINED,
            _may_answer,
            guards=(_not_decided_yet,),
            note_required=True,
            note_label="答复",
            effect=_answer,
        ),
    ),
)
