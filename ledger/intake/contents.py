"""The rows of a ledger as an import compares them, and what a plan carries for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from jianfu.kernel.decisions import Decision, refuse
from jianfu.kernel.intake import Change, Part, Place, Problem
from ledger import wording
from ledger.models import Ledger, LedgerRow
from ledger.permissions import form as permissions
from ledger.selectors import figures
from ledger.states import ValueSource

from . import layout

Edit = dict[str, Any]
TYPED = frozenset({ValueSource.ENTERED, ValueSource.CARRIED})  # a person of the 科室 stands behind it


def rows_of(ledger: Ledger) -> list[LedgerRow]:
    """All rows with their contents as they are exported; the same few queries for any number."""
    rows = list(ledger.rows.prefetch_related("entries", "blanks", "assignments").order_by("number"))
    for row in rows:
        row.ledger = ledger
    figures.bring_up_to_date(ledger, rows, figures.last_year(ledger))
    return rows


def may_write(row: LedgerRow, by: Any) -> Decision:
    """Whether this person's file may change the row now."""
    who = permissions.may_fill(row, by)
    if not who:
        return who
    return who if row.is_fillable else refuse(f"现在是“{row.get_state_display()}”，撤回或退回后再导入")


def shown(field_name: str, value: Any) -> str:
    """A value in the words of its cell."""
    if value is None or value == "":
        return ""
    if field_name == "kind":
        return layout.KINDS.get(value, value)
    if isinstance(value, Decimal):
        return wording.plain(value)
    return wording.number_words(value) if isinstance(value, int) else str(value)


@dataclass
class RowPlan:
    """What a file changes in one row. ``edits`` and ``changes`` go in pairs under the same key."""

    row: LedgerRow
    changes: list[Change] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, edit: Edit, change: Change) -> None:
        self.edits.append({**edit, "key": change.key})
        self.changes.append(change)

    def change(self, key: str, column: str, before: str, after: str, place: Place, *, by: str = "") -> Change:
        """``by`` says who was faster; then it is a conflict."""
        return Change(
            key=key,
            row=f"第 {self.row.number} 项",
            column=column,
            before=before,
            after=after,
            changed_by=by,
            conflict=bool(by),
            place=place,
        )

    def problem(self, place: Place, words: str, **more: bool) -> None:
        self.problems.append(Problem(words=f"第 {self.row.number} 项：{words}", place=place, **more))

    def settle(self, by: Any) -> None:
        """Leave out what this person may not write, and say so once."""
        self._leave_out(may_write(self.row, by))

    def keep_what_sections_said(self) -> None:
        """补录: what a 科室 has reported, or typed, stays whatever the paper says, and both are shown."""
        if self.row.is_reported:
            self._keep(f"{self.row.get_state_display()}，科室报送的不覆盖", lambda _edit: True)
        elif not self.row.ledger.is_past:
            typed = {b.code for b in self.row.blanks.all() if b.source in TYPED}
            self._keep("科室填写的不覆盖", lambda edit: edit.get("code") in typed)

    def _keep(self, why: str, stays: Callable[[Edit], bool]) -> None:
        kept = {edit["key"] for edit in self.edits if stays(edit)}
        self.edits = [edit for edit in self.edits if edit["key"] not in kept]
        self.changes = [
            replace(change, conflict=True, kept=why) if change.key in kept else change
            for change in self.changes
        ]

    def part(self) -> Part:
        """What was understood of the row and what not, for the overview."""
        entries = sum("落实情况" in change.column for change in self.changes)
        kept = sum(bool(change.kept) for change in self.changes)
        told = [f"落实情况 {entries} 条" if entries else ""]
        told.append(f"监测数据 {len(self.changes) - entries} 个" if len(self.changes) > entries else "")
        wrong = sum(not problem.is_remark for problem in self.problems)
        missed = [f"{wrong} 处没有读懂" if wrong else "", f"{kept} 处与科室填报的不同" if kept else ""]
        return Part(
            row=f"第 {self.row.number} 项",
            understood="，".join(filter(None, told)) or "没有新内容",
            missed="，".join(filter(None, missed)),
        )

    def _leave_out(self, decision: Decision) -> None:
        if self.changes and not decision:
            place = Place(sheet=self.changes[0].place.sheet, row=self.changes[0].place.row)
            count = len(self.changes)
            self.changes, self.edits, self.problems = [], [], []
            self.problem(place, f"{count} 处没有读入，{decision.text.rstrip('。')}")


def as_data(plans: Iterable[RowPlan]) -> dict[str, Any]:
    return {"rows": [{"pk": p.row.pk, "version": p.row.version, "edits": p.edits} for p in plans if p.edits]}


def changed_since(row: LedgerRow, version: int) -> str:
    """Who saved the row last after ``version``, and when; the registers where nobody did."""
    last = row.history.filter(version__gt=version).select_related("history_user__person").order_by("-version")
    found = last.first()
    if found is None:
        return "登记簿"
    who = found.history_user.person.name if found.history_user else "程序"
    at = timezone.localtime(found.history_date)
    return f"{who} {at.month}月{at.day}日 {at:%H:%M}"
