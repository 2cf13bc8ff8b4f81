"""The form as pages and documents read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from jianfu.kernel.calendar import Remaining
from jianfu.kernel.policy import figure_value
from jianfu.organisations import selectors as organisations
from ledger.models import Assignment, Ledger, LedgerRow
from ledger.querysets.beside import OneOf
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
    late: int
    states: Mapping[str, int] = field(default_factory=dict)

    @property
    def reported(self) -> int:
        return sum(self.states.get(state, 0) for state in REPORTED)

    @property
    def accepted(self) -> int:
        return self.states.get(RowState.ACCEPTED, 0)

    @property
    def unreported(self) -> int:
        return self.total - self.reported


def tally(rows: Iterable[LedgerRow], on: date) -> Tally:
    listed = list(rows)
    states = dict(Counter(row.state for row in listed))
    return Tally(len(listed), sum(row.is_late(on) for row in listed), states)


@dataclass(frozen=True)
class Overview:
    """What stands above the grid, of all rows of a ledger: ``found`` is how many of them the filter keeps,
    ``reopened_at`` when the year was opened again the last time, and how many ``times`` it was."""

    tally: Tally
    found: int
    times: int
    reopened_at: datetime | None


def overview(ledger: Ledger, rows: QuerySet[LedgerRow], wanted: Q, on: date) -> Overview:
    """One query, however many rows there are."""
    again = ledger.steps.filter(transition="reopen")
    found = rows.order_by().aggregate(
        total=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=on) & ~Q(state__in=REPORTED)),
        found=Count("pk", filter=wanted),
        times=OneOf(again.order_by().values("ledger").annotate(times=Count("pk")).values("times")),
        reopened_at=OneOf(again.values("at")[:1]),
        **{state: Count("pk", filter=Q(state=state)) for state in RowState},
    )
    states = {state: found[state] for state in RowState}
    tally = Tally(found["total"], found["late"] if ledger.is_open else 0, states)
    return Overview(tally, found["found"], found["times"] or 0, found["reopened_at"])


def summary(found: Tally) -> str:
    """14 项，已填报 8：已审核 5、已报送 3、填写中 4、待填 2（超期 1）."""
    counts = ((state, found.states.get(state, 0)) for state in reversed(RowState))
    parts = "、".join(f"{state.label} {count}" for state, count in counts if count)
    head = f"{found.total} 项，已填报 {found.reported}"
    return f"{head}：{parts}" + (f"（超期 {found.late}）" if found.late else "")


def sections_in(rows: QuerySet[LedgerRow]) -> list[tuple[int, str]]:
    """The 科室 that answer for any of the rows, by key and name, in their order."""
    assignments = Assignment.objects.filter(row__in=rows.order_by()).order_by(
        "organisation__position", "organisation__name"
    )
    named = assignments.values_list("organisation_id", "organisation__short_name", "organisation__name")
    return [(pk, short or name) for pk, short, name in named.distinct()]


def next_submitted(row: LedgerRow) -> LedgerRow | None:
    """The next row of the same ledger that waits for the office, from this one on and round."""
    waiting = row.ledger.rows.filter(state=RowState.SUBMITTED).exclude(pk=row.pk).order_by("number")
    return waiting.filter(number__gt=row.number).first() or waiting.first()
