"""The form as pages and documents read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from jianfu.kernel.calendar import Remaining
from jianfu.organisations import selectors as organisations
from ledger.models import Ledger, LedgerRow
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
    """The time left of a row that is not accepted yet; an accepted one has no limit any more."""
    if row.state == RowState.ACCEPTED or not row.ledger.is_open:
        return None
    return organisations.work_calendar().remaining(row.due_on, on)


def summary(rows: Iterable[LedgerRow], on: date) -> str:
    """14 项：已审核 5、已报送 3、填写中 4、待填 2（超期 1）."""
    listed = list(rows)
    counts = {state: sum(row.state == state for row in listed) for state in reversed(RowState)}
    parts = "、".join(f"{RowState(state).label} {count}" for state, count in counts.items() if count)
    late = sum(1 for row in listed if not row.is_reported and row.ledger.is_open and row.due_on < on)
    return f"{len(listed)} 项：{parts}" + (f"（超期 {late}）" if late else "")


def next_submitted(row: LedgerRow) -> LedgerRow | None:
    """The next row of the same ledger that waits for the office, from this one on and round."""
    waiting = row.ledger.rows.filter(state=RowState.SUBMITTED).exclude(pk=row.pk).order_by("number")
    return waiting.filter(number__gt=row.number).first() or waiting.first()
