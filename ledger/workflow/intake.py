"""The table of uploaded files."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow
from jianfu.kernel.workflow import Act, Workflow, transition
from ledger.permissions import intake as permissions
from ledger.states import INTAKE_PENDING, IntakeState


def _anybody(_intake: Any, _by: Any) -> Decision:
    """Taken by the clock: an upload that nobody confirmed is cleared away."""
    return allow()


def _keep_words(intake: Any, act: Act) -> None:
    intake.error = act.note


N = IntakeState
_MINE = permissions.may_confirm
INTAKE = Workflow(
    name="intake",
    label="导入",
    states=IntakeState,
    initial=N.WAITING,
    transitions=(
        transition("begin", "开始读", [N.WAITING], N.READING, _MINE, button=False),
        transition("understand", "读完", [N.READING], N.READ, _MINE, button=False),
        transition(
            "fail", "没有读成", [N.WAITING, N.READING], N.FAILED, _MINE, effect=_keep_words, button=False
        ),
        transition("again", "重新核对", [N.READ], N.WAITING, _MINE),
        transition("write", "开始写入", [N.READ], N.WRITING, _MINE, button=False),
        transition("give_back", "没有写成", [N.WRITING], N.READ, _MINE, effect=_keep_words, button=False),
        transition("confirm", "确认写入", [N.READ, N.WRITING], N.CONFIRMED, _MINE, tone="primary"),
        transition("discard", "放弃", [N.WAITING, N.READING, N.READ], N.DISCARDED, permissions.may_discard),
        transition("expire", "过期", sorted(INTAKE_PENDING), N.EXPIRED, _anybody, button=False),
    ),
)
