"""Reads over any register: the list as it is asked for, what the rules find, the years side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, Value, When

from jianfu.kernel.policy import Finding, examine
from ledger.querysets import register as conditions
from ledger.rules.registers import REBOUND
from ledger.states import Verdict

from .declaration import Register

WAITING = "waiting"  # the filter 待提出意见
_RELATED = ("section", "merged_into", "refused_by", "unit")


def rows_for_list(register: Register, rows: QuerySet) -> QuerySet:
    """With everything that a line of the list or of a file shows: constant queries."""
    own = {column.name for column in register.model._meta.get_fields()}
    rows = rows.select_related(*(name for name in _RELATED if name in own))
    return rows.prefetch_related("schools") if "schools" in own else rows


def filtered(register: Register, rows: QuerySet, chosen: Mapping[str, Any]) -> QuerySet:
    """What a reader asked for; entries made by mistake are shown only to who asks for them."""
    if chosen.get("q"):
        wanted = Q()
        for name in register.searched:
            wanted |= Q(**{f"{name}__icontains": chosen["q"]})
        rows = rows.filter(wanted)
    if chosen.get("section"):
        rows = rows.filter(section=chosen["section"])
    for name in register.filters:
        if chosen.get(name):
            rows = rows.filter(**{name: chosen[name]})
    year = int(chosen["year"]) if chosen.get("year") else None
    if chosen.get("voided"):
        return rows.exclude(void_reason="")
    rows = rows.there_in(year) if year else rows.valid()
    return _verdict(rows, chosen.get("verdict"), year)


def _verdict(rows: QuerySet, verdict: str | None, year: int | None) -> QuerySet:
    """With a year, 保留、新增 and 取消整合 are exactly what the figures of that year count."""
    if not verdict:
        return rows
    if year is None:
        return rows.filter(verdict=verdict)
    if verdict == WAITING:
        return rows.awaiting_verdict(year)
    if verdict == Verdict.NEW:
        return rows.added_in(year)
    if verdict == Verdict.KEEP:
        return rows.kept_in(year)
    return rows.dropped_in(year).filter(verdict=verdict)


def findings(register: Register, item: Any, on: date) -> list[Finding]:
    """What the rules in force on the day say of the item; nothing of one that ended or was a mistake."""
    if item.is_voided or item.is_ended:
        return []
    facts = {**item.facts(on), **register.surroundings(item)}
    return examine(register.rules, facts, district_id=item.district_id, on=on)


@dataclass(frozen=True)
class YearLine:
    """One year of a register. ``held`` is what there was at any time of it."""

    year: int
    before: int
    added: int
    passing: int
    merged: int
    cancelled: int
    kept: int
    waiting: int

    @property
    def held(self) -> int:
        return self.before + self.added + self.passing

    @property
    def after(self) -> int:
        return self.kept + self.added

    @property
    def dropped(self) -> int:
        return self.merged + self.cancelled


_PARTS = ("before", "added", "passing", "merged", "cancelled", "kept", "waiting")


def year_lines(rows: QuerySet, years: Sequence[int]) -> list[YearLine]:
    """Counted in one query, however many years."""
    asked: dict[str, Count] = {}
    for year in years:
        for part, condition in _parts(year).items():
            asked[f"{part}_{year}"] = Count("pk", filter=condition)
    found = rows.valid().order_by().aggregate(**asked)
    return [YearLine(year, *(found[f"{part}_{year}"] for part in _PARTS)) for year in years]


def _parts(year: int) -> dict[str, Q]:
    dropped = conditions.dropped(year)
    waiting = conditions.there_before(year) & Q(ended_on__isnull=True)
    return {
        "before": conditions.there_before(year),
        "added": conditions.added(year),
        "passing": conditions.passing(year),
        "merged": dropped & Q(verdict=Verdict.MERGE),
        "cancelled": dropped & ~Q(verdict=Verdict.MERGE),
        "kept": conditions.kept(year),
        "waiting": waiting & (Q(decided_on__isnull=True) | Q(decided_on__lt=conditions.first_day(year))),
    }


def first_year(rows: QuerySet) -> int | None:
    """The year of the register's oldest item; None while it is empty. A year before it cannot be counted."""
    oldest = rows.valid().aggregate(oldest=Min("begun_on"))["oldest"]
    return oldest.year if oldest else None


def rebound(register: Register, district_id: int, line: YearLine, before: YearLine | None) -> list[Finding]:
    """R14: more than the year before. Nothing to compare with is no rebound."""
    facts = {
        "year": line.year,
        "unit": register.measure,
        "now": line.held,
        "before": before.held if before and before.held else None,
    }
    return examine([REBOUND], facts, district_id=district_id, on=date(line.year, 12, 31))


def in_order(rows: QuerySet, sort: str, register: Register) -> QuerySet:
    """By a column of the list, both ways; otherwise what waits for an opinion, then the newest."""
    name = sort.removeprefix("-")
    if name in {column.name for column in register.columns if column.sorts}:
        key = F(f"{name}__name" if name == "section" else name)
        return rows.order_by(key.desc() if sort.startswith("-") else key.asc(), "-pk")
    there = Case(When(ended_on__isnull=True, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(there, "-begun_on", "-pk")
