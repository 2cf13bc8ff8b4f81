"""Plain registers as PDF: A4 landscape, the head of the table on every page, rows whole."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence, Sized
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from .long import render_long_register
from .paper import title_art
from .pdf import fill_template, render_pages, style
from .register import RegisterColumn
from .text import printable


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a line of their own; a section without a name has none. Rows that come from a generator are
    taken for many."""

    name: str
    rows: Iterable[Sequence[str | int]]


LONG = 100  # rows; from here on WeasyPrint alone takes longer than the drawing of `long`


def render_register(
    title: str,
    columns: Sequence[RegisterColumn],
    sections: Sequence[Section],
    **about: Any,
) -> bytes:
    """``heading`` stands above the table, ``notes`` below it. The same input gives the same bytes."""
    out = io.BytesIO()
    write_register(out, title, columns, sections, **about)
    return out.getvalue()


def write_register(
    out: IO[bytes],
    title: str,
    columns: Sequence[RegisterColumn],
    sections: Sequence[Section],
    *,
    made_on: date,
    author: str = "",
    heading: Sequence[str] = (),
    notes: Sequence[str] = (),
    said: Callable[[int], None] = lambda _drawn: None,
) -> None:
    """Into a file; of any length in the same memory. ``said`` is told how many rows are drawn."""
    context: dict[str, Any] = {
        "title": title_art(printable(title)),
        "name": title,
        "author": author,
        "made_on": made_on.isoformat(),
        "heading": heading,
        "columns": columns,
        "span": str(len(columns)),
        "notes": notes,
    }
    if _many(sections):
        render_long_register(out, columns, sections, context=context, css=_widths(columns), said=said)
        return
    context["sections"] = [
        {"name": section.name, "rows": [[str(cell) for cell in row] for row in section.rows]}
        for section in sections
    ]
    html = fill_template("exports/register.html", context)
    out.write(render_pages(html, sheets=("page.css",), css=style("register.css") + _widths(columns)))
    said(sum(len(section["rows"]) for section in context["sections"]))


def _many(sections: Sequence[Section]) -> bool:
    counted = [len(section.rows) if isinstance(section.rows, Sized) else LONG for section in sections]
    return sum(counted) >= LONG


def _widths(columns: Sequence[RegisterColumn]) -> str:
    total = sum(column.width_mm for column in columns)
    return "".join(
        f".register col:nth-child({place}) {{ width: {column.width_mm / total * 100:.3f}% }}"
        f".register td:nth-child({place}) {{ text-align: {'center' if column.centred else 'left'} }}"
        for place, column in enumerate(columns, 1)
    )
