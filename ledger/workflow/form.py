"""The tables of the ledger and of its rows."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.kernel.workflow import Act, Workflow, transition
from ledger.permissions import form as permissions
from ledger.rules import form as rules
from ledger.states import LedgerState, RowState


def _ledger_is_open(row: Any, _by: Any) -> Decision:
    if row.ledger.is_open:
        return allow()
    return refuse(f"{row.ledger.year}年台账已锁定，不能再改")


def _is_complete(row: Any, _by: Any) -> Decision:
    return rules.lacks(len(row.entries.all()), row.blanks.all())


def _all_accepted(ledger: Any, _by: Any) -> Decision:
    waiting = ledger.rows.exclude(state=RowState.ACCEPTED).order_by("number")
    missing = [f"第 {number} 项" for number in waiting.values_list("number", flat=True)]
    if not missing:
        return allow()
    return refuse(f"还有 {len(missing)} 项没有审核通过：{'、'.join(missing)}。全部审核通过后再锁定")


def _confirm_figures(row: Any, act: Act) -> None:
    """Who reports the row answers for its figures, also for those that the system counted."""
    for blank in row.blanks.all():
        blank.confirmed_by, blank.confirmed_at = act.by.person, act.at
        blank.save(update_fields=["confirmed_by", "confirmed_at"])
    row.contributors.add(act.by.person)
    row.return_reason = ""


def _keep_reason(row: Any, act: Act) -> None:
    row.return_reason = act.note


S = RowState
ROW = Workflow(
    name="ledger_row",
    label="台账任务",
    states=RowState,
    initial=S.ASSIGNED,
    transitions=(
        transition(
            "start",
            "开始填写",
            [S.ASSIGNED],
            S.STARTED,
            permissions.may_fill,
            guards=(_ledger_is_open,),
            button=False,
        ),
        transition(
            "submit",
            "报送",
            [S.STARTED, S.RETURNED],
            S.SUBMITTED,
            permissions.may_fill,
            guards=(_ledger_is_open, _is_complete),
            effect=_confirm_figures,
            tone="primary",
        ),
        transition(
            "recall", "撤回", [S.SUBMITTED], S.STARTED, permissions.may_fill, guards=(_ledger_is_open,)
        ),
        transition(
            "accept",
            "审核通过",
            [S.SUBMITTED],
            S.ACCEPTED,
            permissions.may_accept,
            guards=(_ledger_is_open,),
            tone="primary",
        ),
        transition(
            "return_",
            "退回",
            [S.SUBMITTED, S.ACCEPTED],
            S.RETURNED,
            permissions.may_return,
            guards=(_ledger_is_open,),
            note_required=True,
            note_label="退回原因",
            effect=_keep_reason,
            tone="danger",
        ),
    ),
)

LEDGER = Workflow(
    name="ledger",
    label="减负台账",
    states=LedgerState,
    initial=LedgerState.OPENED,
    transitions=(
        transition(
            "lock",
            "锁定台账",
            [LedgerState.OPENED],
            LedgerState.LOCKED,
            permissions.may_lock,
            guards=(_all_accepted,),
            tone="primary",
        ),
    ),
)
