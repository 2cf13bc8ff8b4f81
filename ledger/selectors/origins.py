"""Beside a figure: where it comes from, who confirmed it, its records, and whether they have moved since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from jianfu.kernel.indicators import INDICATORS, Indicator, Measured, Records, Value
from ledger.models import BlankValue, Ledger, LedgerRow
from ledger.states import ValueSource
from ledger.wording import value_words

from .asked import Asked
from .figures import measure

MARKS = {
    ValueSource.COMPUTED: "算",
    ValueSource.ENTERED: "填",
    ValueSource.CARRIED: "转",
    ValueSource.BACKFILLED: "补",
}


@dataclass(frozen=True)
class Change:
    """The records answer otherwise than when a person confirmed the figure (系统代填不冒名).

    ``new`` is what the figure becomes with them: their number, or of a half-computed figure with what was
    entered beside it. None: they say nothing any more, and there is nothing to take.
    """

    then: Value
    now: Value
    new: Value
    unit: str = ""

    @property
    def words(self) -> str:
        return (
            f"记录已变：确认时 {value_words(self.then, self.unit)}，现在 {value_words(self.now, self.unit)}"
        )

    @property
    def new_words(self) -> str:
        return value_words(self.new, self.unit)


@dataclass(frozen=True)
class Origin:
    """One blank and what is said beside it. ``said`` is what the records say now, also of a locked year."""

    blank: BlankValue
    indicator: Indicator | None
    said: Measured
    change: Change | None
    records: tuple[Records, ...]

    @property
    def label(self) -> str:
        if self.blank.source == ValueSource.COMPUTED and self.is_half:
            return "部分由系统计算"
        return ValueSource(self.blank.source).label if self.blank.source else ""

    @property
    def mark(self) -> str:
        """One character for the grid; nothing beside an empty blank."""
        return MARKS.get(ValueSource(self.blank.source), "") if self.blank.source else ""

    @property
    def way(self) -> str:
        """The one way for which there is room: to this year's records."""
        return self.records[-1].url if self.records else ""

    @property
    def is_half(self) -> bool:
        return bool(self.indicator and self.indicator.beyond)

    @property
    def overruled(self) -> str:
        """The number of the records beside one that differs from it."""
        return f"登记簿 {value_words(self.blank.counted)}" if self.blank.is_overruled else ""

    @property
    def confirmed(self) -> str:
        blank = self.blank
        if not blank.confirmed_at:
            return ""
        day = timezone.localdate(blank.confirmed_at)
        return f"{blank.confirmed_by} {day.month}月{day.day}日确认"

    @property
    def definition(self) -> str:
        return self.indicator.definition if self.indicator else self.blank.remark

    @property
    def title(self) -> str:
        """All of it in one line, where there is no room."""
        reason = self.blank.override_reason and f"改动说明：{self.blank.override_reason}"
        parts = (self.blank.name, self.label, self.confirmed, self.overruled, reason, self.said.explanation)
        return "；".join(part for part in (*parts, self.definition) if part)


def origins(
    ledger: Ledger,
    rows: Iterable[LedgerRow],
    last: Mapping[str, BlankValue],
    this: Mapping[str, Value],
    asked: Asked,
) -> dict[int, Origin]:
    """By the blank's key. Each register is asked once, however many rows there are."""
    return {
        blank.pk: _origin(ledger, row, blank, measure(blank, last, this, asked), last)
        for row in rows
        for blank in row.blanks.all()
    }


def _origin(
    ledger: Ledger,
    row: LedgerRow,
    blank: BlankValue,
    said: Measured,
    last: Mapping[str, BlankValue],
) -> Origin:
    indicator = INDICATORS.get(blank.code)
    return Origin(
        blank=blank,
        indicator=indicator,
        said=said,
        change=change_of(row, blank, said.value),
        records=_ways(ledger, indicator, last.get(blank.compares)) if said.value is not None else (),
    )


def _ways(ledger: Ledger, indicator: Indicator | None, before: BlankValue | None) -> tuple[Records, ...]:
    """To the records counted. Of a difference that took last year from elsewhere, there: to last year's
    ledger; a document has no page."""
    if indicator is None:
        return ()
    ways = indicator.records(ledger.district, ledger.year)
    compared = INDICATORS.get(indicator.compares)
    if compared is None or not ways:
        return ways
    if before is not None and before.pk:
        return (Records("上年台账", reverse("ledger:row_detail", args=[before.row_id])), ways[-1])
    return ways[-1:] if before is not None or compared.before else ways


def change_of(row: LedgerRow, blank: BlankValue, now: Value) -> Change | None:
    """What has moved under a figure that somebody answered for; None where the figure still holds."""
    if not row.is_reported or now in (blank.counted, blank.value):
        return None
    return Change(blank.counted, now, _new_value(blank, now), blank.unit)


def _new_value(blank: BlankValue, now: Value) -> Value:
    """What was entered on top of a half-computed figure stays on top of it."""
    indicator, then = INDICATORS.get(blank.code), blank.counted
    numbers = all(isinstance(value, int) for value in (blank.number, then, now))
    if indicator and indicator.beyond and numbers:
        return blank.number - then + now
    return now
