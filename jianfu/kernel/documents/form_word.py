"""The official form as a Word file: 事项 cells really merged, filled blanks underlined, the head repeated."""

from __future__ import annotations

from collections.abc import Iterator

from .form import Blank, Column, FormRow, OfficialForm
from .landscape import Cell, Run, WideTable, render_wide_table, words_cell
from .text import printable

SIZE = 10.5
_SIGNATURE_GAP = "\u3000" * 3


def render_form(form: OfficialForm) -> bytes:
    """The same form gives the same bytes. Raises DocumentTooLarge with words for a person."""
    signatures = _SIGNATURE_GAP.join(signature.text for signature in form.signatures)
    return render_wide_table(
        WideTable(
            title=form.title,
            heads=["\n".join(part for part in column.heading_parts if part) for column in form.columns],
            widths=[column.width_mm for column in form.columns],
            rows=_rows(form),
            made_on=form.printed_on,
            author=form.unit or form.district,
            heading=form.heading_line,
            notes=[*form.notes, *([signatures] if signatures else [])],
            size=SIZE,
        )
    )


def _rows(form: OfficialForm) -> Iterator[list[Cell]]:
    for group in form.groups:
        for place, row in enumerate(group.rows):
            merge = "" if len(group.rows) == 1 else "continue" if place else "restart"
            yield [_cell(row, group.subject, column, merge) for column in form.columns]


def _cell(row: FormRow, subject: str, column: Column, merge: str) -> Cell:
    if column.key == "subject":
        return words_cell(subject, centred=True, merge=merge)
    if column.key == "figures":
        return Cell(_figures(row))
    return words_cell(row.text(column.key), centred=column.centred)


def _figures(row: FormRow) -> tuple[tuple[Run, ...], ...]:
    lines: list[list[Run]] = [[]]
    for piece in row.figures:
        if isinstance(piece, Blank):
            lines[-1].append((f" {piece.text} ", True))
            lines[-1] += [(piece.unit, False)] if piece.unit else []
            continue
        first, *rest = printable(piece).split("\n")
        lines[-1].append((first, False))
        lines += [[(words, False)] for words in rest]
    return tuple(map(tuple, lines))
