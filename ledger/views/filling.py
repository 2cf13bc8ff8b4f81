"""What the page of one row shows and sends: forms where this person may type, words where not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.kernel.exchange import version_in
from jianfu.kernel.indicators import Value
from jianfu.kernel.policy import Finding
from ledger.forms.filling import (
    EntryFormSet,
    FiguresForm,
    Piece,
    entry_lines,
    sentence,
    with_lines_of_others,
)
from ledger.models import BlankValue, LedgerRow
from ledger.permissions import form as permissions
from ledger.selectors import figures
from ledger.selectors.ledger import remaining
from ledger.selectors.origins import Origin, origins
from ledger.selectors.progress import reminders_of
from ledger.states import TONES, RowState
from ledger.workflow import ROW

from .blank_lines import blank_lines

RETURN_PHRASES = ("请补充数量和比例。", "请补充“不符合要求而未开展的”情况。", "数据与上年对不上，请核对。")


@dataclass
class RowPage:
    """``figures`` and ``entries`` are there only where the person may fill the row now; ``data`` is what
    was sent."""

    row: LedgerRow
    data: Any
    user: Any
    on: date
    last: Mapping[str, BlankValue]
    before: LedgerRow | None
    counted: Mapping[str, Value]
    figures: FiguresForm | None
    entries: EntryFormSet | None
    sentence: list[Piece]
    findings: list[Finding]
    version: int
    this: Mapping[str, BlankValue]
    origins: Mapping[int, Origin]
    decision: Decision = field(default_factory=allow)
    conflicted: bool = False
    note: str = ""

    @property
    def can_fill(self) -> bool:
        return self.figures is not None

    def is_valid(self) -> bool:
        """Both parts are asked, so that all errors are seen at once."""
        if self.figures is None or self.entries is None:
            self.decision = _may_not(self.row, self.user)
            return False
        return self.figures.is_valid() & self.entries.is_valid()

    def reasons(self) -> list[str]:
        return [line["words"] for line in self.lines]

    def refuse(self, decision: Decision, note: str = "") -> None:
        self.decision, self.note = decision, note

    def conflict(self, decision: Decision) -> None:
        """Somebody saved meanwhile: what was typed stays, what they wrote stands beside it, and saving
        once more is a choice made with open eyes."""
        self.decision, self.conflicted = decision, True
        self.entries = entry_lines(self.row, with_lines_of_others(self.row, self.user, self.data))
        self.version = LedgerRow.objects.values_list("version", flat=True).get(pk=self.row.pk)

    @property
    def lines(self) -> list[dict[str, str]]:
        """For the error summary: what a rule refused, then what a field did."""
        said = [{"target": "", "words": words} for words in self.decision.reasons]
        at_blanks = self.figures.lines if self.figures and self.figures.is_bound else []
        return [*said, *_entry_errors(self.entries), *at_blanks]

    def context(self) -> dict[str, Any]:
        row, blanks = self.row, blank_lines(self)
        return {
            "page": self,
            "row": row,
            "ledger": row.ledger,
            "tone": TONES[row.state],
            "remaining": remaining(row, self.on),
            "blanks": blanks,
            "moved": [line for line in blanks if line.change],
            "confirming": ROW.decide(row, "confirm_again", self.user),
            "options": [] if self.can_fill else ROW.available(row, self.user),
            "returned": row.state == RowState.RETURNED,
            "returnable": bool(ROW.decide(row, "return_", self.user)),
            "phrases": RETURN_PHRASES,
            "neighbours": _neighbours(row),
            "assigning": permissions.may_assign(row, self.user) if row.ledger.is_open else None,
            "history_url": reverse("history", args=["ledger_row", row.pk]),
            "urged": reminders_of(row),
        }


def build(row: LedgerRow, user: Any, on: date, data: Any) -> RowPage:
    """The page for this person; ``data`` binds the forms to what was typed."""
    last = figures.last_year(row.ledger)
    blanks = row.blanks.all()
    this = figures.this_year(row.ledger)
    asked = figures.Asked(row.ledger)
    values = figures.beside(row, this, asked)
    figures.bring_up_to_date(row.ledger, [row], last, values, asked)
    values |= {blank.code: blank.value for blank in blanks}
    counted = _counted(row, last, values, asked)
    may = bool(permissions.may_fill(row, user)) and row.is_fillable and row.ledger.is_writable
    form = FiguresForm(row, counted, data) if may else None
    return RowPage(
        row=row,
        data=data,
        user=user,
        on=on,
        last=last,
        before=figures.last_years_row(row),
        counted=counted,
        figures=form,
        entries=entry_lines(row, data) if may else None,
        sentence=sentence(row, last, form),
        findings=figures.findings(row.ledger, [blank.code for blank in blanks], this, last),
        this=this,
        origins=origins(row.ledger, [row], last, values, asked),
        version=version_in(data) if data is not None else row.version,
    )


def _counted(
    row: LedgerRow,
    last: Mapping[str, BlankValue],
    this: Mapping[str, Value],
    asked: figures.Asked,
) -> dict[str, Value]:
    """What the records say now; of a locked year what they said then; beside a paper's numbers nothing."""
    blanks = row.blanks.all()
    if not blanks or row.ledger.is_past:
        return {}
    if not row.ledger.is_open:
        return {blank.code: blank.counted for blank in blanks if blank.counted is not None}
    return figures.measured(row.ledger, blanks, last=last, this=this, asked=asked)


def _may_not(row: LedgerRow, user: Any) -> Decision:
    decision = permissions.may_fill(row, user)
    return decision & refuse(f"这一项现在是“{row.get_state_display()}”，不能再改") if decision else decision


def _entry_errors(entries: EntryFormSet | None) -> list[dict[str, str]]:
    if entries is None or not entries.is_bound:
        return []
    found = [{"target": "", "words": str(error)} for error in entries.non_form_errors()]
    for place, form in enumerate(entries.forms, start=1):
        for name, errors in form.errors.items():
            target = form[name].id_for_label if name in form.fields else ""
            found += [{"target": target, "words": f"落实情况第 {place} 行：{error}"} for error in errors]
    return found


def _neighbours(row: LedgerRow) -> dict[str, LedgerRow | None]:
    """The rows before and after, to turn the pages of the form."""
    around = {r.number: r for r in row.ledger.rows.filter(number__in=(row.number - 1, row.number + 1))}
    return {"previous": around.get(row.number - 1), "next": around.get(row.number + 1)}


def unknown_act() -> Decision:
    return refuse("没有这个办理动作，请用页面上的按钮")
