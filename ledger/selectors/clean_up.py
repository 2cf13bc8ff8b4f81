"""清理结果: what became of every item of the registers in a year (R13, R117)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ledger.registers import REGISTERS, Register
from ledger.registers.reading import YearLine, rows_for_list, year_lines
from ledger.states import Verdict

WAITING = "待提出意见"
PASSING = "年内新增并停止"
_UNITS = ("issuer", "owner", "organiser")


@dataclass(frozen=True)
class Outcome:
    """One item and what became of it; ``basis`` is empty where nobody gave one in the year."""

    name: str
    unit: str
    verdict: str
    decided_on: Any
    basis: str


@dataclass(frozen=True)
class CleanedUp:
    """One register: its numbers of the year, and the items that they count, in the same order."""

    register: Register
    line: YearLine
    before: YearLine
    outcomes: tuple[Outcome, ...]


def cleaned_up(user: Any, year: int) -> list[CleanedUp]:
    """Every register whose items are gone through each year; two queries each."""
    return [_of(register, user, year) for register in REGISTERS.values() if register.disposes]


def _of(register: Register, user: Any, year: int) -> CleanedUp:
    rows = register.model.objects.visible_to(user)
    before, line = year_lines(rows, (year - 1, year))
    items = rows_for_list(register, rows.there_in(year)).order_by("begun_on", "pk")
    outcomes = sorted((_outcome(item, year) for item in items), key=lambda each: _ORDER[each.verdict])
    return CleanedUp(register, line, before, tuple(outcomes))


_ORDER = {
    words: place
    for place, words in enumerate(
        (Verdict.CANCEL.label, Verdict.MERGE.label, Verdict.KEEP.label, WAITING, Verdict.NEW.label, PASSING)
    )
}


def _outcome(item: Any, year: int) -> Outcome:
    verdict = _verdict(item, year)
    said = item.decided_on is not None and item.decided_on.year == year and verdict != WAITING
    basis = item.basis if said else ""
    if verdict == Verdict.MERGE.label and item.merged_into:
        basis = f"并入“{item.merged_into.name}”。{basis}"
    unit = next((getattr(item, name) for name in _UNITS if hasattr(item, name)), "")
    return Outcome(item.name, unit, verdict, item.decided_on if said else None, basis)


def _verdict(item: Any, year: int) -> str:
    """The same parts that `YearLine` counts; what is kept without a word in the year waits for one."""
    is_ended = item.ended_on is not None and item.ended_on.year == year
    if item.begun_on.year == year:
        return PASSING if is_ended else Verdict.NEW.label
    if is_ended:
        return Verdict.MERGE.label if item.verdict == Verdict.MERGE else Verdict.CANCEL.label
    return WAITING if item.awaits_verdict(year) and item.ended_on is None else Verdict.KEEP.label
