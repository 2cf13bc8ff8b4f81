"""What a file says, as plain cells: where each stands, what it is, what was written beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

TEXT, NUMBER, PERCENT, DATE, FLAG, ERROR = "tnpdbe"


class FileRefused(Exception):  # noqa: N818 - a refusal with words, not a fault
    """The file is not read; the message is one Chinese sentence: what is wrong with it, and the way out."""


class Cell(NamedTuple):
    """One filled cell. ``row`` and ``column`` count from 1.

    ``value`` is a str (TEXT; ERROR: what the program shows, such as #REF!), a Decimal (NUMBER; PERCENT: 50
    for what shows as 50%), a date or datetime (DATE), or a bool (FLAG). ``formula``: the value is what the
    program that saved the file had computed, and may be out of date.
    """

    row: int
    column: int
    kind: str
    value: Any
    formula: bool = False

    @property
    def place(self) -> str:
        return f"第 {self.row} 行 {letter(self.column)} 列"

    @property
    def words(self) -> str:
        """As a person would read it in the cell."""
        value = self.value
        if isinstance(value, Decimal):
            return f"{value.normalize():f}" + ("%" if self.kind == PERCENT else "")
        if isinstance(value, datetime):
            return f"{value:%Y-%m-%d %H:%M}"
        if isinstance(value, bool):
            return "是" if value else "否"
        return value.isoformat() if isinstance(value, date) else str(value)


class Merged(NamedTuple):
    """A merged range; never walked cell by cell, for it may span the whole sheet."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass
class Sheet:
    """One sheet of a workbook, table of a document, or the whole of a text file; only filled rows are kept.

    ``rows`` maps a row's number to its filled cells by column, in the order of the file.
    """

    name: str
    hidden: bool = False
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell | None:
        return self.rows.get(row, {}).get(column)

    def text(self, row: int, column: int) -> str:
        """What stands in the cell in words, without blanks around it; empty for an empty one."""
        cell = self.cell(row, column)
        return cell.words.strip() if cell else ""

    def cells(self) -> Iterator[Cell]:
        for row in self.rows.values():
            yield from row.values()

    def range_at(self, row: int, column: int) -> Merged | None:
        return next((found for found in self.merged if found.holds(row, column)), None)


@dataclass
class Book:
    """A file that was read. ``kind`` is xlsx, docx or csv; ``encoding`` is told of a csv only."""

    kind: str
    sheets: list[Sheet] = field(default_factory=list)
    encoding: str = ""

    @property
    def shown(self) -> list[Sheet]:
        """The sheets that a person sees."""
        return [sheet for sheet in self.sheets if not sheet.hidden]

    def sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def letter(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
