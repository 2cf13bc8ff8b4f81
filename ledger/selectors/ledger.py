"""The form as pages and documents read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from jianfu.kernel.calendar import Remaining
from jianfu.kernel.policy import figure_value
from jianfu.organisations import selectors as organisations
from ledger.models import Ledger, LedgerRow
from ledger.rules import form as rules
from ledger.states import REPORTED, RowState


def ledgers_for_list(user: Any) -> QuerySet:
    """The years that the person may read, each with how far it has come; one query."""
    return (
        Ledger.objects.visible_to(user)
        .select_related("template", "district")
        .annotate(
            row_count=Count("rows"),
            reported_count=Count("rows", filter=Q(rows__state__in=REPORTED)),
            accepted_count=Count("rows", filter=Q(rows__state=RowState.ACCEPTED)),
        )
        .order_by("-year")
    )


def remaining(row: LedgerRow, on: date) -> Remaining | None:
    """The time left: for the 科室 until the row is due, for the office until it has to answer. An accepted
    row and a locked ledger have no limit any more."""
    if row.state == RowState.ACCEPTED or not row.ledger.is_open:
        return None
    work = organisations.work_calendar()
    if row.state != RowState.SUBMITTED:
        return work.remaining(row.due_on, on)
    days = figure_value(rules.REVIEW_DAYS, row.district_id, on)
    return work.remaining(work.add(timezone.localdate(row.state_entered_at), days), on)


@dataclass(frozen=True)
class Tally:
    """How many rows there are and how far they have come; 已填报 is `states.REPORTED` and nothing else."""

    total: int
    reported: int
    accepted: int
    late: int

    @property
    def unreported(self) -> int:
        return self.total - self.reported


def tally(rows: Iterable[LedgerRow], on: date) -> Tally:
    listed = list(rows)
    return Tally(
        total=len(listed),
        reported=sum(row.is_reported for row in listed),
        accepted=sum(row.state == RowState.ACCEPTED for row in listed),
        late=sum(row.is_late(on) for row in listed),
    )


def summary(rows: Iterable[LedgerRow], on: date) -> str:
    """14 项，已填报 8：已审核 5、已报送 3、填写中 4、待填 2（超期 1）."""
    listed = list(rows)
    found = tally(listed, on)
    counts = {state: sum(row.state == state for row in listed) for state in reversed(RowState)}
    parts = "、".join(f"{RowState(state).label} {count}" for state, count in counts.items() if count)
    head = f"{found.total} 项，已填报 {found.reported}"
    return f"{head}：{parts}" + (f"（超期 {found.late}）" if found.late else "")


def next_submitted(row: LedgerRow) -> LedgerRow | None:
    """The next row of the same ledger that waits for the office, from this one on and round."""
    waiting = row.ledger.rows.filter(state=RowState.SUBMITTED).exclude(pk=row.pk).order_by("number")
    return waiting.filter(number__gt=row.number).first() or waiting.first()
