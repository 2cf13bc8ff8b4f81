"""批次: open until its marks are put into force together, or it is dissolved without a trace on anybody."""

from __future__ import annotations

from approvals import guards, round_permissions
from approvals.states import RoundState
from jianfu.kernel.workflow import Workflow, transition

ROUND = Workflow(
    name="round",
    label="批次",
    states=RoundState,
    initial=RoundState.OPEN,
    transitions=(
        transition(
            "put_in_force",
            "全部生效",
            [RoundState.OPEN],
            RoundState.IN_FORCE,
            round_permissions.may_put_in_force,
            guards=(guards.every_item_marked,),
            tone="primary",
        ),
        transition(
            "dissolve",
            "撤销批次",
            [RoundState.OPEN],
            RoundState.DISSOLVED,
            round_permissions.may_prepare_round,
            tone="danger",
        ),
    ),
)
