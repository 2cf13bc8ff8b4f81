"""What stands below the sentence of a row: each blank's origin, its definition, the way to its records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jianfu.kernel.indicators import INDICATORS, Indicator, Measured, Records, Value
from ledger.models import BlankValue
from ledger.selectors import figures
from ledger.states import ValueSource
from ledger.wording import value_words

if TYPE_CHECKING:
    from .filling import RowPage


@dataclass(frozen=True)
class BlankLine:
    """One blank: last year, what the records say and in which words, where it comes from, who confirmed it.

    ``beyond`` tells of a half-computed figure what the records cannot know; ``reason`` is the field for why
    it differs from them.
    """

    blank: BlankValue
    comparison: figures.Comparison
    counted: Value
    said: str
    definition: str
    query: str
    beyond: str
    records: tuple[Records, ...]
    reason: Any

    @property
    def counted_words(self) -> str:
        """— where there is nothing to count or to compare; an increase as 增加 3."""
        return value_words(self.counted)

    @property
    def source(self) -> str:
        return ValueSource(self.blank.source).label if self.blank.source else ""


def blank_lines(page: RowPage) -> list[BlankLine]:
    names = {code: other.name for code, other in page.this.items()}
    return [_line(page, blank, names) for blank in page.row.blanks.all()]


def _line(page: RowPage, blank: BlankValue, names: Mapping[str, str]) -> BlankLine:
    indicator = INDICATORS.get(blank.code)
    ledger = page.row.ledger
    said = _said(page, blank)
    form, reason = page.figures, f"{blank.code}_reason"
    return BlankLine(
        blank=blank,
        comparison=figures.compare(blank, page.last),
        counted=page.counted.get(blank.code),
        said=said.explanation,
        definition=indicator.definition if indicator else in_words(blank.remark, names),
        query=indicator.query if indicator else "",
        beyond=indicator.beyond if indicator else "",
        records=_records(indicator, ledger, said),
        reason=form[reason] if form and reason in form.fields else None,
    )


def _said(page: RowPage, blank: BlankValue) -> Measured:
    """The words of the records; a locked year is asked no more."""
    if not page.row.ledger.is_open:
        return Measured(page.counted.get(blank.code))
    return figures.measure(blank, page.last, figures.values(page.this), page.asked)


def _records(indicator: Indicator | None, ledger: Any, said: Measured) -> tuple[Records, ...]:
    """No way leads to records that say nothing."""
    if indicator is None or said.value is None:
        return ()
    return indicator.records(ledger.district, ledger.year)


def in_words(remark: str, names: Mapping[str, str]) -> str:
    """The template's remark with the names of the figures in place of their codes (I8a)."""
    return re.sub(r"I\d+[a-d]?", lambda code: f"“{names.get(code.group(), code.group())}”", remark)
