"""The tables of the ledger and of its rows."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision
from jianfu.kernel.workflow import Act, Transition, Workflow, transition
from ledger import closing as effects
from ledger.permissions import closing
from ledger.permissions import form as permissions
from ledger.rules import form as rules
from ledger.states import FILLABLE, FINAL, LedgerState, RowState


def _ledger_is_open(row: Any, _by: Any) -> Decision:
    return permissions.is_open(row.ledger)


def _ledger_is_writable(row: Any, _by: Any) -> Decision:
    return permissions.is_writable(row.ledger)


def _is_complete(row: Any, _by: Any) -> Decision:
    return rules.lacks(len(row.entries.all()), row.blanks.all())


def _confirm_figures(row: Any, act: Act) -> None:
    """Who reports the row answers for its figures, also for those that the system counted."""
    for blank in row.blanks.all():
        blank.confirmed_by, blank.confirmed_at = act.by.person, act.at
        blank.save(update_fields=["confirmed_by", "confirmed_at"])
    row.contributors.add(act.by.person)
    row.return_reason = ""


def _confirm_again(row: Any, act: Act) -> None:
    """Write what `services.confirming` decided on the figures whose records have moved, and nothing else.
    The data are flat, as the trail keeps them: I8a.value, I8a.counted, I8a.source, I8a.reason."""
    for blank in row.blanks.all():
        if f"{blank.code}.value" not in act.data:
            continue
        blank.value, blank.counted, blank.source, blank.override_reason = (
            act.data[f"{blank.code}.{name}"] for name in ("value", "counted", "source", "reason")
        )
        blank.confirmed_by, blank.confirmed_at = act.by.person, act.at
        blank.save()
    row.put_figures_into_words()
    row.contributors.add(act.by.person)


def _keep_source(row: Any, act: Act) -> None:
    """补录: from which paper, by whom, when. It stays when the 科室 goes on from there."""
    row.entered_by, row.entered_at = act.by.person, act.at
    row.entered_from = act.data["source"]
    row.contributors.add(act.by.person)


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
            [S.ASSIGNED, S.ENTERED],
            S.STARTED,
            permissions.may_report,
            guards=(_ledger_is_open,),
            button=False,
        ),
        transition(
            "enter",
            "补录",
            sorted(FILLABLE),
            S.ENTERED,
            permissions.may_enter,
            guards=(_ledger_is_writable,),
            effect=_keep_source,
            button=False,
        ),
        transition(
            "submit",
            "报送",
            [S.STARTED, S.RETURNED, S.ENTERED],
            S.SUBMITTED,
            permissions.may_report,
            guards=(_ledger_is_open, _is_complete),
            effect=_confirm_figures,
            tone="primary",
        ),
        transition(
            "recall", "撤回", [S.SUBMITTED], S.STARTED, permissions.may_report, guards=(_ledger_is_open,)
        ),
        transition(
            "confirm_again",
            "再次确认",
            [S.SUBMITTED, S.ACCEPTED],
            S.SUBMITTED,
            permissions.may_report,
            guards=(_ledger_is_open,),
            effect=_confirm_again,
            note_required=True,
            note_label="理由",
            button=False,
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

L = LedgerState
BACK = {L.SUMMARISED: L.OPENED, L.CHECKING: L.ENTERING}  # from who is to answer to who wrote
LEDGER = Workflow(
    name="ledger",
    label="减负台账",
    states=LedgerState,
    initial=L.OPENED,
    trace=effects.write_step,
    transitions=(
        transition(
            "summarise",
            "汇总送签",
            [L.OPENED],
            L.SUMMARISED,
            closing.may_summarise,
            guards=(effects.all_accepted,),
            effect=effects.hold_rows,
            tone="primary",
        ),
        transition("sign", "签发", [L.SUMMARISED], L.SIGNED, closing.may_sign, tone="primary"),
        Transition(
            "return_",
            "退回",
            BACK,
            closing.may_turn_back,
            note_required=True,
            note_label="退回原因",
            tone="danger",
        ),
        Transition(
            "recall",
            "撤回",
            BACK,
            closing.may_recall,
            note_required=True,
            note_label="撤回原因",
        ),
        transition(
            "hand_over",
            "送核对",
            [L.ENTERING],
            L.CHECKING,
            closing.may_hand_over,
            guards=(effects.something_entered,),
            tone="primary",
        ),
        transition(
            "record",
            "核对归档",
            [L.CHECKING],
            L.RECORDED,
            closing.may_record,
            effect=effects.take_filing,
            tone="primary",
        ),
        transition("lock", "锁定台账", [L.SIGNED], L.LOCKED, closing.may_lock, tone="primary"),
        transition(
            "file_",
            "报送备案",
            [L.LOCKED],
            L.FILED,
            closing.may_file,
            effect=effects.take_filing,
            tone="primary",
        ),
        Transition(
            "reopen",
            "重新打开",
            {**dict.fromkeys(sorted(FINAL), L.OPENED), L.RECORDED: L.ENTERING},
            closing.may_reopen,
            note_required=True,
            note_label="重新打开的理由",
            tone="danger",
        ),
    ),
)
