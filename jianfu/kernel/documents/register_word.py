"""Plain registers as Word files; what `register_pdf` prints, for an office to go on editing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from .landscape import Cell, WideTable, render_wide_table, words_cell
from .register import RegisterColumn
from .register_pdf import Section


def render_register(
    title: str,
    columns: Sequence[RegisterColumn],
    sections: Sequence[Section],
    *,
    made_on: date,
    author: str = "",
    heading: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> bytes:
    """``heading`` stands above the table, ``notes`` below it. The same input gives the same bytes."""
    return render_wide_table(
        WideTable(
            title=title,
            heads=[column.heading for column in columns],
            widths=[column.width_mm for column in columns],
            rows=_rows(columns, sections),
            made_on=made_on,
            author=author,
            heading=heading,
            notes=notes,
        )
    )


def _rows(columns: Sequence[RegisterColumn], sections: Sequence[Section]) -> Iterator[list[Cell]]:
    for section in sections:
        if section.name:
            yield [words_cell(section.name, span=len(columns), head=True)]
        for row in section.rows:
            yield [
                words_cell(str(words), centred=column.centred)
                for words, column in zip(row, columns, strict=True)
            ]
