"""The rows of a long register as the XML that Excel reads, written as they come.

openpyxl makes an object of every cell and a tree of every row. A register has six styles, and most of its
values stand in many rows: here a cell is written once and copied after that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from .text import excel_escaped, reads_like_formula, safe_cell

Value = str | int | float | date | None
REMEMBERED = 5_000  # values of a column; what differs in every row need not be kept
CHUNK = 500  # rows written at once


@dataclass(frozen=True, slots=True)
class CellStyles:
    """Places in the workbook's table of cell styles. ``quoted`` keeps text that reads like a formula text."""

    text: int
    quoted: int
    number: int
    date: int


@dataclass(frozen=True, slots=True)
class Written:
    """A cell but for its place: what stands behind `<c r="A1"`, and how high its row must be."""

    xml: str
    height: float


class RowWriter:
    """Writes rows of one register. ``heights`` gives, column by column, the height that a text needs."""

    def __init__(self, styles: Sequence[CellStyles], heights: Sequence[Callable[[str], float]]) -> None:
        self._columns = [
            _Column(f'<c r="{get_column_letter(place)}', style, height)
            for place, (style, height) in enumerate(zip(styles, heights, strict=True), 1)
        ]

    def write(self, rows: Iterable[Sequence[Value]], out: IO[bytes], *, first: int, highest: float) -> int:
        """Write every row from sheet row ``first`` on, none over ``highest`` points; returns the last one."""
        last, chunk = first - 1, []
        for last, row in enumerate(rows, first):
            chunk.append(self._row(last, row, highest))
            if len(chunk) == CHUNK:
                out.write("".join(chunk).encode())
                chunk.clear()
        out.write("".join(chunk).encode())
        return last

    def _row(self, number: int, row: Sequence[Value], highest: float) -> str:
        cells, height = [], 0.0
        for column, value in zip(self._columns, row, strict=True):
            written = column.written(value)
            cells.append(f'{column.begin}{number}"{written.xml}')
            if written.height > height:
                height = written.height
        body = "".join(cells)
        return f'<row r="{number}" ht="{min(height, highest):g}" customHeight="1">{body}</row>'


class _Column:
    """One column and what was written in it before."""

    def __init__(self, begin: str, styles: CellStyles, height: Callable[[str], float]) -> None:
        self.begin, self._styles, self._height = begin, styles, height
        self._known: dict[tuple[type, Value], Written] = {}

    def written(self, value: Value) -> Written:
        key = (value.__class__, value)  # the type, too: 1, 1.0 and True are equal
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[key] = self._write(value)
        return found

    def _write(self, value: Value) -> Written:
        if isinstance(value, date) and not isinstance(value, datetime):
            return Written(f' s="{self._styles.date}"><v>{int(to_excel(value))}</v></c>', self._height(""))
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return Written(f' s="{self._styles.number}"><v>{value}</v></c>', self._height(str(value)))
        return self._write_text(words(value))

    def _write_text(self, text: str) -> Written:
        clean = safe_cell(text)
        if not clean:
            return Written(f' s="{self._styles.text}"/>', self._height(""))
        style = self._styles.quoted if reads_like_formula(text) else self._styles.text
        kept = ' xml:space="preserve"' if clean != clean.strip() or "\n" in clean else ""
        inside = escape(excel_escaped(clean))
        xml = f' s="{style}" t="inlineStr"><is><t{kept}>{inside}</t></is></c>'
        return Written(xml, self._height(clean))


def words(value: Value) -> str:
    """The value in the words that stand in its cell; nothing for a date, which is shrunk to one line."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日 {value:%H:%M}"
    if value is None or isinstance(value, date):
        return ""
    return str(value)


def limited(rows: Iterable[Sequence[Value]], count: int, refusal: Exception) -> Iterator[Sequence[Value]]:
    """The rows, or the refusal where there are more than ``count``."""
    for number, row in enumerate(rows, 1):
        if number > count:
            raise refusal
        yield row
