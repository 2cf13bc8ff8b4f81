"""The ledger's share of the 工作台: rows to fill for the 科室, rows to review for the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q

from jianfu.kernel import exports, registry
from jianfu.kernel.registry import MANY, Desk, Matter
from ledger.exports import year as year_export
from ledger.models import Ledger, LedgerRow, LedgerTemplate, RowReminder, TemplateBlank, TemplateRow
from ledger.permissions import form as permissions
from ledger.selectors.ledger import remaining
from ledger.selectors.moved import moved_rows
from ledger.states import REPORTED, TONES, RowState

ANSWERED = (RowState.ACCEPTED, RowState.RETURNED)
MOVED = ("记录已变", "核对")
ACTIONS = {RowState.SUBMITTED: ("台账审核", "审核"), RowState.RETURNED: ("台账退回", "修改")}


def _matter(row: LedgerRow, on: date, action: str = "", *, moved: bool = False, urged: int = 0) -> Matter:
    kind, verb = MOVED if moved else ACTIONS.get(RowState(row.state), ("台账填报", "填写"))
    return Matter(
        title=f"{row}（{row.ledger.year}年）",
        url=row.get_absolute_url(),
        kind=kind,
        tone="amber" if moved else TONES[row.state],
        origin="台账汇总人" if row.is_fillable else row.sections_text,
        received_at=row.state_entered_at,
        remaining=remaining(row, on),
        action=action or verb,
        stage=row.get_state_display(),
        holder=row.sections_text if row.is_fillable else "台账汇总人",
        urged=urged,
    )


def todo(user: Any, on: date) -> list[Matter]:
    again = set(moved_rows(user).values_list("pk", flat=True))
    rows = list(_waiting(user).select_related("ledger").order_by("due_on", "number"))
    urged = RowReminder.objects.counts([row for row in rows if row.is_fillable])
    return [_matter(row, on, moved=row.pk in again, urged=urged.get(row.pk, 0)) for row in rows]


def todo_count(user: Any, _on: date) -> int:
    return _waiting(user).count()


def _waiting(user: Any) -> Any:
    """To fill, to review, or to confirm again because the records have moved."""
    return LedgerRow.objects.waiting_for(user) | moved_rows(user)


def done(user: Any, on: date) -> list[Matter]:
    recent = _done_by(user).select_related("ledger").order_by("-state_entered_at", "number")[:MANY]
    return [replace(_matter(row, on, "查看"), ended=row.state == RowState.ACCEPTED) for row in recent]


def done_count(user: Any, _on: date) -> Any:
    return _done_by(user).order_by().values("pk") if permissions.reads_ledger(user) else 0


def _done_by(user: Any) -> Any:
    """Rows that the person filled and that are reported, and those the person accepted or returned."""
    rows = LedgerRow.objects.visible_to(user)
    filled = Q(contributors=user.person_id, state__in=REPORTED)
    answers = LedgerRow.history.filter(history_user=user, state__in=ANSWERED)
    return rows.filter(filled | Q(pk__in=answers.values("id"))).distinct()


HISTORIED = (
    ("ledger", Ledger, "减负台账"),
    ("ledger_row", LedgerRow, "台账任务"),
    ("ledger_template", LedgerTemplate, "台账模板"),
    ("template_row", TemplateRow, "模板任务"),
    ("template_blank", TemplateBlank, "模板填空项"),
)


def register() -> None:
    """Declare what the pages that gather show of the form."""
    exports.makers.register(year_export.KIND, year_export.maker)
    registry.desks.register("ledger", Desk(todo, todo_count, done=done, done_count=done_count))
    registry.navigation.register(
        "ledger",
        registry.NavEntry("减负台账", "ledger:ledger_list", 20, permissions.reads_ledger, phone=True),
    )
    registry.analyses.register(
        "ledger", registry.NavEntry("监测分析", "ledger:ledger_dashboard", 10, permissions.reads_ledger)
    )
    for name, model, label in HISTORIED:
        registry.historied.register(name, registry.Historied(model, label, model.objects.visible_to))
