"""The official form as plain values: what stands in which cell, before any file format is chosen.

The ledger app builds an `OfficialForm`; `xlsx.render_form` and `pdf.render_form` print it, and the screen
takes its column shares from here, so the three can differ in nothing but their paper. Column order and
headings come from the template's source document (000: 序号 · 事项 · 重点任务 · 工作要求 · 落实情况 ·
重点监测数据 · 责任科室, R2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

# A4 landscape is 297 mm wide; 15 mm stay free on either side. The columns of 000 fill it, and 落实情况, the
# one people write in, takes most.
PRINT_WIDTH_MM = 267.0
WIDTHS_MM: Mapping[str, float] = {
    "number": 11.0,
    "subject": 22.0,
    "task": 33.0,
    "requirement": 62.0,
    "implementation": 81.0,
    "figures": 34.0,
    "sections": 24.0,
}
CENTRED = frozenset({"number", "subject", "sections"})

# What an unfilled blank prints: four full-width spaces, about the eight half-width ones of 000, but safe from
# programs that swallow half-width spaces at the end of a line.
EMPTY_BLANK = "\u3000" * 4
_BLANK_CODE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key (a name in `WIDTHS_MM`), its heading word for word, its width on paper."""

    key: str
    heading: str
    width_mm: float

    @property
    def centred(self) -> bool:
        return self.key in CENTRED

    @property
    def heading_parts(self) -> tuple[str, str]:
        """The heading and its bracketed instruction, printed smaller: ("落实情况", "（须列举出…）")."""
        head, bracket, rest = self.heading.partition("（")
        return (head, bracket + rest) if head and rest else (self.heading, "")


def official_columns(headings: Sequence[str]) -> tuple[Column, ...]:
    """The seven columns of 000 under the template's headings; ValueError for any other number of headings."""
    pairs = zip(WIDTHS_MM.items(), headings, strict=True)
    return tuple(Column(key, heading, width) for (key, width), heading in pairs)


@dataclass(frozen=True, slots=True)
class Blank:
    """A typed blank inside a sentence (R6). `value` is already in words; None or "" prints it empty."""

    value: str | None = None
    unit: str = ""

    @property
    def text(self) -> str:
        return self.value or EMPTY_BLANK


Segment = str | Blank


def fill_in(text: str, values: Mapping[str, str | None]) -> tuple[Segment, ...]:
    """Segments of a template's sentence ("…共{I1}项。"), its blanks filled from `values` by their codes."""
    parts = _BLANK_CODE.split(text)
    return tuple(
        Blank(values.get(part)) if place % 2 else part
        for place, part in enumerate(parts)
        if place % 2 or part
    )


def sentence(segments: Iterable[Segment]) -> str:
    """The whole sentence as one string, every blank in its place, filled or empty."""
    return "".join(part if isinstance(part, str) else part.text + part.unit for part in segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRow:
    """One numbered row. `implementation` holds paragraphs already put into words (R4, R5)."""

    number: str
    task: str
    requirement: str = ""
    implementation: tuple[str, ...] = ()
    figures: tuple[Segment, ...] = ()
    sections: str = ""

    def text(self, key: str) -> str:
        """The words of the cell under the column `key`; "subject" belongs to the group, not the row."""
        if key == "implementation":
            return "\n".join(self.implementation)
        if key == "figures":
            return sentence(self.figures)
        return str(getattr(self, key))


@dataclass(frozen=True, slots=True)
class FormGroup:
    """One 事项: the rows that its single, merged cell spans (R3)."""

    subject: str
    rows: tuple[FormRow, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to stamp, sign or date below the table; `value` is what is already known."""

    label: str
    value: str = ""

    @property
    def text(self) -> str:
        return f"{self.label}：{self.value}"


def customary_signatures(unit: str) -> tuple[Signature, ...]:
    """The four places a bureau expects below a ledger; the signing date is left to the hand that signs."""
    return (
        Signature("填报单位（盖章）", unit),
        Signature("负责人（签字）"),
        Signature("审核人（签字）"),
        Signature("填报日期", "\u3000\u3000年\u3000月\u3000日"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialForm:
    """A whole form, ready to print.

    `title` is the printed title with the district's name (R1); `state` one of 草稿, 定稿 or what the ledger
    calls its state, printed at the head so that a draft is never taken for the signed form; `printed_on` is
    the only date the files carry, so that the same form gives the same bytes.
    """

    title: str
    district: str
    year: int
    columns: tuple[Column, ...]
    groups: tuple[FormGroup, ...]
    state: str
    printed_on: date
    unit: str = ""
    signatures: tuple[Signature, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> tuple[FormRow, ...]:
        return tuple(row for group in self.groups for row in group.rows)

    @property
    def column_shares(self) -> tuple[float, ...]:
        """Per cent of the table's width for each column, for the screen's <colgroup>."""
        total = sum(column.width_mm for column in self.columns)
        return tuple(round(100 * column.width_mm / total, 2) for column in self.columns)

    @property
    def heading_line(self) -> tuple[str, str]:
        """What stands between title and table: the year on the left, state and date of printing on the
        right."""
        day = self.printed_on
        return f"{self.year}年度", f"{self.state}\u3000{day.year}年{day.month}月{day.day}日打印"
