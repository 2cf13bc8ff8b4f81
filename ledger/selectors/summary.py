"""What a 工作总结 of the year is drafted from (R113): one read of each record, no number of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from approvals import selectors as approvals
from jianfu.kernel.policy import Finding
from ledger.models import BlankValue, Ledger, LedgerRow, Problem, RefusedRequest, Secondment
from ledger.registers.reading import rebound
from ledger.states import AchievementKind, ProblemKind, ProblemState
from whitelist.selectors.complaint import complaint_counts

from . import figures
from .clean_up import CleanedUp, cleaned_up
from .closing import findings as doubts_of
from .figures import Comparison
from .secondment import Counts, counts

CASES = 3


@dataclass(frozen=True)
class FigureLine:
    """A figure of the form beside last year's, as the form itself prints it."""

    number: int
    name: str
    unit: str
    before: str
    now: str
    change: str
    better: bool | None


@dataclass(frozen=True)
class Problems:
    """Found in the year, by kind, and how many of them are closed."""

    found: int
    closed: int
    kinds: tuple[tuple[str, int], ...]
    late: int


@dataclass(frozen=True)
class Approved:
    """What was decided in the year: 进校园 items, those not admitted, the list of inspections."""

    campus: approvals.CapCounter
    declined: int
    planned: int
    single: int
    reduction: str


@dataclass(frozen=True)
class Summary:
    """``rows`` come with their entries, in the order of the form; ``cases`` are entries that tell most."""

    ledger: Ledger
    on: date
    rows: tuple[LedgerRow, ...]
    lines: tuple[FigureLine, ...]
    cleaned: tuple[CleanedUp, ...]
    approved: Approved
    borrowed: Counts
    problems: Problems
    refused: int
    complaints: dict[str, int]
    doubts: tuple[Finding, ...]
    cases: tuple[tuple[LedgerRow, Any], ...]

    @property
    def silent(self) -> list[int]:
        """Rows of which nobody wrote anything yet."""
        return [row.number for row in self.rows if not row.entries.all()]


def summary_of(ledger: Ledger, user: Any, on: date) -> Summary:
    """As far as this person reads the registers."""
    rows = tuple(ledger.rows.prefetch_related("entries", "blanks").order_by("number"))
    last = figures.last_year(ledger)
    figures.bring_up_to_date(ledger, rows, last)
    cleaned = tuple(cleaned_up(user, ledger.year))
    return Summary(
        ledger=ledger,
        on=on,
        rows=rows,
        lines=tuple(_line(row, blank, last) for row in rows for blank in row.blanks.all()),
        cleaned=cleaned,
        approved=_approved(ledger.district_id, ledger.year, on),
        borrowed=counts(Secondment.objects.visible_to(user), on, ledger.year),
        problems=_problems(user, ledger.year, on),
        refused=RefusedRequest.objects.visible_to(user).begun_in(ledger.year).count(),
        complaints=complaint_counts(user, ledger.year),
        doubts=(*doubts_of(ledger), *_rebounds(cleaned, ledger)),
        cases=_cases(rows),
    )


def _line(row: LedgerRow, blank: BlankValue, last: dict[str, BlankValue]) -> FigureLine:
    compared = figures.compare(blank, last) if blank.is_filled else Comparison(figures.UNKNOWN)
    now = blank.words or figures.UNKNOWN
    return FigureLine(
        row.number, blank.name, blank.unit, compared.before, now, compared.change, compared.better
    )


def _approved(district_id: int, year: int, on: date) -> Approved:
    planned, single = approvals.inspection_lines(district_id, year)
    report = approvals.filed_plan_report(district_id, year)
    return Approved(
        campus=approvals.cap_counter(district_id, year, on),
        declined=approvals.declined(district_id, year).count(),
        planned=len(planned),
        single=len(single),
        reduction=report["reduction"].words if report else "",
    )


def _problems(user: Any, year: int, on: date) -> Problems:
    rows = Problem.objects.visible_to(user).begun_in(year).order_by()
    closed = Q(state=ProblemState.CLOSED)
    kinds = {kind.value: Count("pk", filter=Q(kind=kind)) for kind in ProblemKind}
    late = ~closed & Q(due_on__lt=on)
    found = rows.aggregate(
        all=Count("pk"), done=Count("pk", filter=closed), late=Count("pk", filter=late), **kinds
    )
    told = tuple((kind.label, found[kind.value]) for kind in ProblemKind if found[kind.value])
    return Problems(found["all"], found["done"], told, found["late"])


def _rebounds(cleaned: Sequence[CleanedUp], ledger: Ledger) -> list[Finding]:
    return [
        finding
        for each in cleaned
        for finding in rebound(each.register, ledger.district_id, each.line, each.before)
    ]


def _cases(rows: Sequence[LedgerRow]) -> tuple[tuple[LedgerRow, Any], ...]:
    """The entries whose 成效 says most, none of the same row twice."""
    told = [
        (row, entry)
        for row in rows
        for entry in row.entries.all()
        if entry.kind == AchievementKind.HELD and entry.outcome.strip()
    ]
    best: dict[int, tuple[LedgerRow, Any]] = {}
    for row, entry in sorted(told, key=lambda pair: len(pair[1].outcome), reverse=True):
        best.setdefault(row.pk, (row, entry))
    return tuple(best.values())[:CASES]
