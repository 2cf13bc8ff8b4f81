"""A guess, by arithmetic, at the lines that begin each page of the PDF.

Laying a form out twice doubles its time; where the guess is right, and with Chinese text it mostly is, one
layout is enough. It is only a guess: `pdf` compares it with what the renderer did. The measures repeat
those of templates/exports/form.css.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .form import PRINT_WIDTH_MM, Column, OfficialForm
from .measure import POINTS_PER_MM, text_lines
from .pages import BODY_SIZE_PT, Line

LINE_SPACING = 1.36
LINE_PT = BODY_SIZE_PT * LINE_SPACING
NOTE_PT = 9.0
PADDING_PT = 2 * 0.8 * POINTS_PER_MM
BORDER_PT = 0.6
SIDES_PT = 2 * 1.2 * POINTS_PER_MM + BORDER_PT
CENTRED_SIDES_PT = 2 * 0.6 * POINTS_PER_MM + BORDER_PT
PAGE_PT = 177.0 * POINTS_PER_MM
TITLE_LINE_PT = 33.0
HEADING_LINE_PT = LINE_PT + 2.5 * POINTS_PER_MM
HEAD_PT, HEAD_NOTE_PT, HEAD_SPACING = 11.0, 8.5, 1.3


def guessed_starts(form: OfficialForm, lines: Sequence[Line], title_lines: int) -> frozenset[int]:
    """Places of the lines that begin the second and every further page."""
    header = max(_header_height(column) for column in form.columns) + PADDING_PT + BORDER_PT
    used = title_lines * TITLE_LINE_PT + HEADING_LINE_PT + header
    heights = list(_heights(form, lines))
    if heights:
        heights[-1] += _foot_height(form)
    starts = set()
    for place, (line, height) in enumerate(zip(lines, heights, strict=True)):
        closing = 0.0 if line.last else PADDING_PT / 2
        if used + height + closing > PAGE_PT:
            starts.add(place)
            used = header if line.first else header + PADDING_PT / 2
        used += height
    return frozenset(starts)


def _foot_height(form: OfficialForm) -> float:
    """Notes and signatures, which stay with the last row."""
    notes = sum(text_lines(note, PRINT_WIDTH_MM * POINTS_PER_MM, NOTE_PT, padding=0) for note in form.notes)
    height = notes * NOTE_PT * LINE_SPACING + 2.0 * POINTS_PER_MM if notes else 0.0
    return height + LINE_PT + 6.0 * POINTS_PER_MM if form.signatures else height


def _header_height(column: Column) -> float:
    name, note = column.heading_parts
    room = column.width_mm * POINTS_PER_MM - SIDES_PT
    height = text_lines(name, room, HEAD_PT, padding=0) * HEAD_PT
    if note:
        height += text_lines(note, room, HEAD_NOTE_PT, padding=0) * HEAD_NOTE_PT
    return height * HEAD_SPACING


def _heights(form: OfficialForm, lines: Sequence[Line]) -> Iterator[float]:
    columns = [column for column in form.columns if column.key != "subject"]
    for line in lines:
        # Towards the other pieces of a divided row there is neither padding nor border.
        edges = (line.first + line.last) * (PADDING_PT + BORDER_PT) / 2
        yield edges + max(_cell_height(column, line) for column in columns)


def _cell_height(column: Column, line: Line) -> float:
    text = line.pieces.get(column.key, "") if line.pieces else line.row.text(column.key)
    if not text:
        return 0.0
    sides = CENTRED_SIDES_PT if column.centred else SIDES_PT
    return text_lines(text, column.width_mm * POINTS_PER_MM, BODY_SIZE_PT, padding=sides) * LINE_PT
