"""What the PDF template is given: cells in words, already cut where pages end."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .form import PRINT_WIDTH_MM, Blank, Column, OfficialForm, Segment
from .measure import POINTS_PER_MM, character_ems
from .pages import Line, merged
from .text import printable

CONTINUED = "（续）"
TITLE_PT = 22.0
TITLE_LINE_PT = 33.0
OWN_FONTS = Path(__file__).resolve().parents[3] / "fonts"  # what a bureau drops in: FZXBSJW.TTF and the like
TITLE_STROKE_PT = 0.45  # makes the weight of 小标宋 out of a regular 宋体


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text inside a paragraph, with its classes in form.css: blank, empty, continued."""

    text: str
    css: str = ""


Paragraph = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PaperCell:
    """One <td>: its paragraphs, its classes, how many lines it spans."""

    paragraphs: tuple[Paragraph, ...]
    css: str
    span: str = "1"  # a string: no site setting may put a thousands separator into it


def form_context(
    form: OfficialForm, lines: Sequence[Line], starts: frozenset[int], forced: frozenset[int]
) -> dict[str, Any]:
    """The template's context: merged cells cut at the lines in `starts`, pages begun at those in `forced`."""
    columns = [_column_cells(column, form, lines, starts) for column in form.columns]
    table = [
        {
            "anchor": f"line-{place}",
            "css": "page-start" if place in forced else "",
            "cells": [cell for column in columns if (cell := column[place])],
        }
        for place in range(len(lines))
    ]
    return {
        "form": form,
        "title": title_art(printable(form.title)),
        "lines": table,
        "made_on": form.printed_on.isoformat(),
    }


def _column_cells(
    column: Column, form: OfficialForm, lines: Sequence[Line], starts: frozenset[int]
) -> list[PaperCell | None]:
    css = f"{column.key} centred" if column.centred else column.key
    keys = [_belongs_to(column.key, place, line) for place, line in enumerate(lines)]
    cells: list[PaperCell | None] = []
    for place, cell in enumerate(merged(keys, starts)):
        line = lines[place]
        if cell is None:
            cells.append(None)
        elif column.key in line.pieces:
            cells.append(_piece(css, line.pieces[column.key], line, place in starts, place + 1 in starts))
        else:
            words = _words(column.key, form, line)
            paragraphs = _paragraphs(words) if not cell.continued else _again(column.key, words)
            cells.append(PaperCell(paragraphs, css, str(cell.span)))
    return cells


def _belongs_to(key: str, place: int, line: Line) -> object:
    """Lines with the same answer share one cell of the column: those of a group, those of a row, or none."""
    if key == "subject":
        return line.group
    return ("piece", place) if key in line.pieces else line.row_place


def _words(key: str, form: OfficialForm, line: Line) -> tuple[Segment, ...]:
    if key == "subject":
        return (form.groups[line.group].subject,)
    return line.row.figures if key == "figures" else (line.row.text(key),)


def _again(key: str, words: tuple[Segment, ...]) -> tuple[Paragraph, ...]:
    """A cell that goes on from an earlier page: its name with （续）, and no longer text printed twice."""
    if key not in {"subject", "task", "number"} or not any(words):
        return ()
    *before, last = _paragraphs(words)
    return (*before, (*last, Part(CONTINUED, "continued")))


def _piece(css: str, text: str, line: Line, begins_page: bool, ends_page: bool) -> PaperCell:
    """A piece of a divided cell; no border towards the next piece of the same row on the same page."""
    classes = [css]
    if not line.first and not begins_page:
        classes.append("open-above")
    if not line.last and not ends_page:
        classes.append("open-below")
    return PaperCell(_paragraphs((text,)), " ".join(classes))


def _paragraphs(words: Sequence[Segment]) -> tuple[Paragraph, ...]:
    """Paragraphs of parts; a line end inside the words begins a new paragraph."""
    paragraphs: list[list[Part]] = [[]]
    for segment in words:
        if isinstance(segment, Blank):
            paragraphs[-1].append(Part(printable(segment.text), "blank" if segment.value else "blank empty"))
            paragraphs[-1].append(Part(printable(segment.unit)))
            continue
        first, *more = printable(segment).split("\n")
        paragraphs[-1].append(Part(first))
        paragraphs += [[Part(text)] for text in more]
    return tuple(tuple(paragraph) for paragraph in paragraphs)


@functools.cache
def title_stroke() -> float:
    """Points of stroke around the title's characters; none where fonts/ holds the real 小标宋, heavy by
    itself."""
    names = (path.name.lower() for path in OWN_FONTS.glob("*")) if OWN_FONTS.is_dir() else ()
    owned = any(name.startswith("fzxbs") or "小标宋" in name for name in names)
    return 0.0 if owned else TITLE_STROKE_PT


def title_art(title: str) -> dict[str, Any]:
    """The title as lines of SVG text over the printed width, long ones broken into even lines."""
    width = PRINT_WIDTH_MM * POINTS_PER_MM
    ems = sum(map(character_ems, title))
    count = max(1, -int(-ems * TITLE_PT // (width * 0.96)))
    size = -(-len(title) // count) or 1
    return art([title[place : place + size] for place in range(0, len(title), size)], width)


def art(
    lines: Sequence[str],
    width_pt: float,
    *,
    size_pt: float = TITLE_PT,
    line_pt: float = TITLE_LINE_PT,
    colour: str = "#000",
) -> dict[str, Any]:
    """Centred lines of 小标宋 for exports/art.html."""
    return {
        "lines": lines,
        "width": f"{width_pt:.1f}",
        "middle": f"{width_pt / 2:.1f}",
        "height": f"{line_pt:.1f}",
        "baseline": f"{line_pt / 2 + size_pt * 0.36:.1f}",
        "size": f"{size_pt:g}",
        "stroke": f"{title_stroke() * size_pt / TITLE_PT:g}",
        "colour": colour,
    }
