"""How a form falls onto pages: which merged cells begin where, and where they must begin again.

A cell that spans several lines of a table loses its words, its centring and its lower border where a page
ends (WeasyPrint and every browser). So the table is laid out once to learn which line begins each page, and
again with the spanning cells cut there; what continues says so: 「…（续）」.

A `Line` is one <tr>. A row of the form is one line, except when a cell of it is higher than a page: then that
cell's text is divided over several lines without borders between them, and the row's other cells span them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .form import Column, FormRow, OfficialForm
from .measure import CELL_PADDING_PT, POINTS_PER_MM, text_height
from .text import printable

# The table's share of an A4 landscape page below a repeated header, in points; higher cells are divided.
PAGE_BODY_PT = 395.0
PIECE_LINES = 6
BODY_SIZE_PT = 10.5

_SENTENCE_END = re.compile(r"(?<=[。；！？])")


@dataclass(frozen=True, slots=True)
class Line:
    """One table line: the form's row it belongs to, and by column key its share of the divided cells."""

    row: FormRow
    row_place: int  # counted through the whole form
    group: int
    pieces: Mapping[str, str] = field(default_factory=dict)
    first: bool = True  # of its row
    last: bool = True


@dataclass(frozen=True, slots=True)
class MergedCell:
    """A cell that spans `span` lines; `continued` when its beginning stands on an earlier page."""

    span: int
    continued: bool


def lines_of(form: OfficialForm) -> tuple[Line, ...]:
    """The form's rows as table lines, rows higher than a page divided."""
    lines: list[Line] = []
    row_place = 0
    for group, content in enumerate(form.groups):
        for row in content.rows:
            divided = list(_divided(row, form.columns))
            lines += [
                Line(row, row_place, group, pieces, first=place == 0, last=place == len(divided) - 1)
                for place, pieces in enumerate(divided)
            ]
            row_place += 1
    return tuple(lines)


def _divided(row: FormRow, columns: Sequence[Column]) -> Iterator[dict[str, str]]:
    """For each line of the row the pieces of its divided cells; one empty mapping for an ordinary row."""
    pieces = {}
    for column in columns:
        width = column.width_mm * POINTS_PER_MM
        text = "" if column.key == "subject" else printable(row.text(column.key))
        if len(text) > PIECE_LINES and text_height(text, width, BODY_SIZE_PT) > PAGE_BODY_PT:
            limit = int(PIECE_LINES * (width - CELL_PADDING_PT) / BODY_SIZE_PT)
            pieces[column.key] = [part for words in text.split("\n") for part in _sentences(words, limit)]
    for place in range(max(map(len, pieces.values()), default=1)):
        yield {key: parts[place] if place < len(parts) else "" for key, parts in pieces.items()}


def _sentences(paragraph: str, limit: int) -> Iterator[str]:
    """Pieces of about `limit` characters, cut behind a sentence where there is one."""
    piece = ""
    for sentence in _SENTENCE_END.split(paragraph):
        if piece and len(piece) + len(sentence) > limit:
            yield piece
            piece = ""
        piece += sentence
        while len(piece) > 2 * limit:
            yield piece[:limit]
            piece = piece[limit:]
    if piece or not paragraph:
        yield piece


def merged(keys: Sequence[object], starts: frozenset[int]) -> list[MergedCell | None]:
    """For each line the merged cell that begins there, or None inside one.

    `keys` says which neighbouring lines belong together, `starts` which lines begin a page.
    """
    cells: list[MergedCell | None] = []
    begin = 0
    for place, key in enumerate(keys):
        same = place > 0 and key == keys[place - 1]
        if same and place not in starts:
            cells.append(None)
        else:
            begin = place
            cells.append(MergedCell(0, same))
        cells[begin] = replace(cells[begin], span=cells[begin].span + 1)
    return cells


def cuts(lines: Sequence[Line], starts: frozenset[int]) -> frozenset[int]:
    """The page beginnings that lie inside a merged cell; only these make another layout necessary."""
    return frozenset(place for place in starts if place and lines[place].group == lines[place - 1].group)
