"""Figures of the ledger, declared once: screen, Excel, PDF and public page read the same declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Value = int | str | None

TEXT_LIMIT = 1000  # characters that a text blank holds


@dataclass(frozen=True)
class Measured:
    """What the records say: a number or names, and a word on what was counted.

    None prints as —: the records say nothing of the year. Where they do and there was none, it is 0, or 无.
    """

    value: Value
    explanation: str = ""


NOTHING = Measured(None)
Measure = Callable[[Any, int], Measured]
Together = Callable[[Any, int], dict[str, Measured]]
Address = Callable[[Any, int], str]


@dataclass(frozen=True)
class Records:
    """A way to exactly the records that a figure, or one side of a difference, was counted from."""

    label: str
    url: str


@dataclass(frozen=True)
class Indicator:
    """One blank of A9. ``measure(district, year)`` counts; ``records_url(district, year)`` leads to the rows
    counted. ``query`` says in words what is counted and what is not.

    ``beyond`` is what the records cannot know: the figure is then half-computed, a person enters the whole
    with its basis. ``compares`` is the figure whose last year less this year it is; ``before`` tells last
    year's number where this year's records know it (a document, a list of last year), if ``measure`` of the
    year before does not. ``together`` counts all figures of one register at once, by their codes. ``checks``
    are the codes of the rules that the figure is held against.
    """

    code: str
    name: str
    unit: str
    definition: str
    source: str
    measure: Measure
    records_url: Address | None = None
    less_is_better: bool = True
    query: str = ""
    beyond: str = ""
    compares: str = ""
    before: Measure | None = None
    together: Together | None = None
    checks: tuple[str, ...] = ()

    def records(self, district: Any, year: int) -> tuple[Records, ...]:
        """To the rows counted; of a difference to those of both years."""
        compared = INDICATORS.get(self.compares)
        if compared and compared.records_url:
            address = compared.records_url
            years = (("上年记录", year - 1), ("本年记录", year))
            return tuple(Records(label, address(district, of)) for label, of in years)
        return (Records("看记录", self.records_url(district, year)),) if self.records_url else ()


INDICATORS: dict[str, Indicator] = {}


def declare(indicator: Indicator) -> Indicator:
    """Make an indicator known under its blank's code (requirements A9)."""
    if indicator.code in INDICATORS:
        raise ValueError(f"indicator {indicator.code} declared twice")
    INDICATORS[indicator.code] = indicator
    return indicator


def last_years(indicator: Indicator, district: Any, year: int) -> Measured:
    """What the records say of the year before ``year``."""
    told = indicator.before(district, year) if indicator.before else NOTHING
    return told if told.value is not None else indicator.measure(district, year - 1)


def difference(of: Indicator, **words: Any) -> Indicator:
    """The figure that is last year's ``of`` less this year's; negative is an increase, never clamped."""

    def measure(district: Any, year: int) -> Measured:
        before, now = last_years(of, district, year).value, of.measure(district, year).value
        return subtracted(of.name, of.unit, year, before, now)

    return Indicator(
        unit=of.unit,
        source=of.source,
        measure=measure,
        compares=of.code,
        less_is_better=not of.less_is_better,
        **words,
    )


def subtracted(name: str, unit: str, year: int, before: Value, now: Value) -> Measured:
    """``before`` − ``now`` with the words that say so; unknown where one of them is."""
    if not isinstance(before, int) or not isinstance(now, int):
        lacking = year if isinstance(before, int) else year - 1
        return Measured(None, f"{lacking}年的“{name}”没有数，无从比较")
    return Measured(before - now, f"{year - 1}年 {before} {unit}，{year}年 {now} {unit}，相减得出")


def names(listed: Iterable[str], measure_word: str = "项") -> str:
    """The value of a text blank: 甲、乙; 无 where there was none; of too many the first and their number."""
    known = list(listed)
    text = "、".join(known)
    if len(text) <= TEXT_LIMIT:
        return text or "无"
    tail = f"等 {len(known)} {measure_word}"
    kept = text[: TEXT_LIMIT - len(tail)]
    return kept[: kept.rindex("、")] + tail if "、" in kept else kept + tail
