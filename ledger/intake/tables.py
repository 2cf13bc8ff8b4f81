"""The rows of an official form as it was really filled in: found by its headings, with its merged cells."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jianfu.kernel.documents.form import WIDTHS_MM
from jianfu.kernel.documents.reading import Book, Cell, Sheet

HEADS_WITHIN = 30  # rows from the top of a sheet in which its headings stand


@dataclass
class OldRow:
    """One numbered row of the old form: its cells by the column's key, from one line or several."""

    sheet: Sheet
    first: int
    lines: list[int]
    columns: dict[str, int]
    unnumbered: list[int] = field(default_factory=list)

    def cells(self, key: str) -> Iterator[Cell]:
        column = self.columns.get(key)
        for line in self.lines if column else ():
            cell = self.sheet.cell(line, column or 0)
            if cell is not None:
                yield cell

    def text(self, key: str) -> str:
        return "\n".join(cell.words.strip() for cell in self.cells(key))

    def comments(self) -> Iterator[tuple[int, int, str]]:
        for (row, column), words in sorted(self.sheet.comments.items()):
            if row in self.lines and words:
                yield row, column, words


def squeezed(text: str) -> str:
    """Without blanks, punctuation and width: for comparing official words."""
    return re.sub(r"\W|_", "", unicodedata.normalize("NFKC", text))


def old_rows(book: Book, headings: Sequence[str]) -> list[OldRow]:
    """All rows of all tables that have the form's headings, in their order."""
    keys = {
        squeezed(heading.partition("（")[0]): key for key, heading in zip(WIDTHS_MM, headings, strict=True)
    }
    found: list[OldRow] = []
    for sheet in book.shown:
        head = _head(sheet, keys)
        if head:
            found += _rows(sheet, *head)
    return found


def _head(sheet: Sheet, keys: dict[str, str]) -> tuple[int, dict[str, int]] | None:
    """(row, column by key) of the headings: what was done or the figures, and number or task beside them."""
    for number, cells in list(sheet.rows.items())[:HEADS_WITHIN]:
        columns: dict[str, int] = {}
        for column, cell in cells.items():
            key = keys.get(squeezed(re.split(r"[（(]", cell.words)[0]))
            if key:
                columns.setdefault(key, column)
        if {"number", "task"} & columns.keys() and {"implementation", "figures"} & columns.keys():
            return number, columns
    return None


def _rows(sheet: Sheet, head: int, columns: dict[str, int]) -> Iterator[OldRow]:
    row: OldRow | None = None
    for number in sheet.rows:
        if number <= head or _repeats_head(sheet, number, head, columns):
            continue
        if row is not None and _goes_on(sheet, number, row, columns):
            row.lines.append(number)
        elif _begins(sheet, number, columns):
            if row is not None:
                yield row
            row = OldRow(sheet, number, [number], columns)
        elif row is not None and any(
            sheet.text(number, columns.get(key, 0)) for key in ("implementation", "figures")
        ):
            row.lines.append(number)
            row.unnumbered.append(number)
    if row is not None:
        yield row


def _repeats_head(sheet: Sheet, number: int, head: int, columns: dict[str, int]) -> bool:
    """The headings again at the top of a further page."""
    return all(sheet.text(number, column) == sheet.text(head, column) for column in columns.values())


def _goes_on(sheet: Sheet, number: int, row: OldRow, columns: dict[str, int]) -> bool:
    """Below the first line of a number or task that is merged over several."""
    for key in ("number", "task"):
        merged = sheet.range_at(number, columns[key]) if key in columns else None
        if merged and merged.top == row.first < number:
            return True
    return False


def _begins(sheet: Sheet, number: int, columns: dict[str, int]) -> bool:
    """A number, or a task: notes and signatures below the table have neither in their columns."""
    if "number" in columns and squeezed(sheet.text(number, columns["number"])).isdigit():
        return any(
            sheet.text(number, column) for key, column in columns.items() if key not in {"number", "subject"}
        )
    return bool("task" in columns and sheet.text(number, columns["task"]))
