"""What stands below the sentence of a row: each blank's origin, its definition, the way to its records."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jianfu.kernel.indicators import Value
from ledger.models import BlankValue
from ledger.selectors import figures
from ledger.selectors.origins import Change, Origin
from ledger.wording import value_words

if TYPE_CHECKING:
    from .filling import RowPage


@dataclass(frozen=True)
class BlankLine:
    """One blank beside last year's; ``counted`` is what the records say, of a locked year what they said.

    ``reason`` is the field for why the figure differs from them.
    """

    origin: Origin
    comparison: figures.Comparison
    counted: Value
    definition: str
    reason: Any

    @property
    def blank(self) -> BlankValue:
        return self.origin.blank

    @property
    def change(self) -> Change | None:
        return self.origin.change

    @property
    def value_words(self) -> str:
        return value_words(self.blank.value, self.blank.unit)

    @property
    def counted_words(self) -> str:
        """— where there is nothing to count or to compare; an increase as 增加 3."""
        return value_words(self.counted, self.blank.unit)


def blank_lines(page: RowPage) -> list[BlankLine]:
    names = {code: other.name for code, other in page.this.items()}
    return [_line(page, blank, names) for blank in page.row.blanks.all()]


def _line(page: RowPage, blank: BlankValue, names: Mapping[str, str]) -> BlankLine:
    origin = page.origins[blank.pk]
    form, reason = page.figures, f"{blank.code}_reason"
    return BlankLine(
        origin=origin,
        comparison=figures.compare(blank, page.last),
        counted=page.counted.get(blank.code),
        definition=origin.definition if origin.indicator else in_words(blank.remark, names),
        reason=form[reason] if form and reason in form.fields else None,
    )


def in_words(remark: str, names: Mapping[str, str]) -> str:
    """The template's remark with the names of the figures in place of their codes (I8a)."""
    return re.sub(r"I\d+[a-d]?", lambda code: f"“{names.get(code.group(), code.group())}”", remark)
