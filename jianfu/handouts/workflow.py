"""The table of handouts."""

from __future__ import annotations

from typing import Any

from jianfu.handouts import permissions
from jianfu.handouts.states import PENDING, HandoutState
from jianfu.kernel.decisions import Decision, allow
from jianfu.kernel.workflow import Act, Workflow, transition


def _anybody(_handout: Any, _by: Any) -> Decision:
    """Taken by the clock: a file is kept for its days and no longer."""
    return allow()


def _keep_words(handout: Any, act: Act) -> None:
    handout.error = act.note


def _begin(handout: Any, act: Act) -> None:
    handout.done, handout.begun_at, handout.beat_at = 0, act.at, act.at


def _anew(handout: Any, act: Act) -> None:
    handout.done, handout.error, handout.called_at, handout.ordered_at = 0, "", None, act.at


N = HandoutState
_MINE = permissions.may_act
HANDOUT = Workflow(
    name="handout",
    label="导出",
    states=HandoutState,
    initial=N.WAITING,
    transitions=(
        transition("begin", "开始生成", [N.WAITING], N.MAKING, _MINE, effect=_begin, button=False),
        transition("finish", "生成", [N.MAKING], N.READY, _MINE, button=False),
        transition("fail", "没有生成", sorted(PENDING), N.FAILED, _MINE, effect=_keep_words, button=False),
        transition("cancel", "取消", sorted(PENDING), N.CANCELLED, _MINE),
        transition(
            "again",
            "重新生成",
            [N.FAILED, N.CANCELLED, N.EXPIRED],
            N.WAITING,
            _MINE,
            effect=_anew,
            tone="primary",
        ),
        transition("discard", "删除文件", [N.READY], N.EXPIRED, _MINE),
        transition("expire", "到期清理", [N.READY], N.EXPIRED, _anybody, button=False),
    ),
)
