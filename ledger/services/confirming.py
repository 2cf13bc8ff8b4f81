"""再次确认: the records moved under a figure that somebody had answered for, and somebody answers again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from jianfu.kernel.decisions import Decision, allow, refuse, require
from jianfu.kernel.indicators import Value
from jianfu.kernel.workflow import locked
from ledger.models import BlankValue, LedgerRow
from ledger.selectors import figures
from ledger.selectors.origins import Change, change_of
from ledger.states import ValueSource
from ledger.wording import value_words
from ledger.workflow import ROW

REASON_LIMIT = 200


def confirm_again(
    *,
    row: LedgerRow,
    code: str,
    take: bool,
    by: Any,
    reason: str = "",
    expected_version: int | None = None,
    at: datetime | None = None,
) -> LedgerRow:
    """Take what the records say now, or keep the number with a reason. The row waits for the office again:
    what it accepted was another figure. Differences of the row that nobody typed follow.

    Raises `Refused`, or `Conflicted` when somebody wrote since the person opened the row.
    """
    with transaction.atomic():
        fresh = locked(row)
        require(ROW.decide(fresh, "confirm_again", by))
        blanks = list(fresh.blanks.all())
        asking = _Asking(fresh, blanks)
        blank = next((blank for blank in blanks if blank.code == code), None)
        change = asking.change(blank) if blank else None
        require(_possible(change, take, reason.strip()))
        answers = asking.taken(blank, change) if take else asking.kept(blank, change, reason.strip())
        saved: LedgerRow = ROW.perform(
            fresh,
            "confirm_again",
            by=by,
            note=_note(blank, change, take, reason.strip()),
            expected_version=expected_version,
            data=answers,
            at=at,
        )
    return saved


def _possible(change: Change | None, take: bool, reason: str) -> Decision:
    if change is None:
        return refuse("这个数的记录现在没有变化，不用再次确认。请看过最新内容")
    if take and change.new is None:
        return refuse("现在没有记录可数，不能采用。写明理由保留原数，或请台账汇总人退回后再填")
    if not take and not reason:
        return refuse("保留原数要写明理由，例如“新增的一条是重复登记”")
    if len(reason) > REASON_LIMIT:
        return refuse(f"理由最多 {REASON_LIMIT} 字，现在是 {len(reason)} 字")
    return allow()


def _note(blank: BlankValue, change: Change, take: bool, reason: str) -> str:
    said = f"“{blank.name}”记录由 {_short(change.then)} 变为 {_short(change.now)}"
    return f"{said}，改填 {_short(change.new)}" if take else f"{said}，保留 {_short(blank.value)}：{reason}"


def _short(value: Value) -> str:
    """Names may be many; the whole of them stands in the figures."""
    words = value_words(value)
    return words if len(words) <= 40 else f"{words[:38]}…”"


class _Asking:
    """The row's figures against what the records say at this moment."""

    def __init__(self, row: LedgerRow, blanks: list[BlankValue]) -> None:
        self.row, self.blanks = row, blanks
        self.asked, self.last = figures.Asked(row.ledger), figures.last_year(row.ledger)
        self.this = figures.beside(row, figures.this_year(row.ledger), self.asked)

    def change(self, blank: BlankValue) -> Change | None:
        return change_of(self.row, blank, self._now(blank))

    def taken(self, blank: BlankValue, change: Change) -> dict[str, Any]:
        self.this[blank.code] = change.new
        whole = change.new == change.now
        reason = "" if whole else blank.override_reason
        answers = _answer(blank, change.new, change.now, reason)
        for other in self.blanks:
            if other.compares == blank.code and other.follows_register:
                value = self._now(other)
                answers |= _answer(other, value, value, "")
        return answers

    def kept(self, blank: BlankValue, change: Change, reason: str) -> dict[str, Any]:
        return _answer(blank, blank.value, change.now, reason)

    def _now(self, blank: BlankValue) -> Value:
        return figures.measure(blank, self.last, self.this, self.asked).value


def _answer(blank: BlankValue, value: Value, counted: Value, reason: str) -> dict[str, Any]:
    """What the step writes, and for the trail what stood there before."""
    source = ValueSource.COMPUTED if value == counted else ValueSource.ENTERED
    if value is None:
        source = ValueSource.INCOMPARABLE
    said = {"value": value, "counted": counted, "source": source, "reason": reason}
    said |= {"value_before": blank.value, "counted_before": blank.counted}
    return {f"{blank.code}.{name}": answer for name, answer in said.items()}
