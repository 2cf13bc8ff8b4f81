"""Plain registers as PDF: A4 landscape, the head of the table on every page, rows whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .paper import title_art
from .pdf import fill_template, render_pages, style
from .register import RegisterColumn
from .text import printable


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a line of their own; a section without a name has none."""

    name: str
    rows: Sequence[Sequence[str | int]]


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
    total = sum(column.width_mm for column in columns)
    widths = "".join(
        f".register col:nth-child({place}) {{ width: {column.width_mm / total * 100:.3f}% }}"
        f".register td:nth-child({place}) {{ text-align: {'center' if column.centred else 'left'} }}"
        for place, column in enumerate(columns, 1)
    )
    context = {
        "title": title_art(printable(title)),
        "name": title,
        "author": author,
        "made_on": made_on.isoformat(),
        "heading": heading,
        "columns": columns,
        "span": str(len(columns)),
        "sections": [
            {"name": section.name, "rows": [[str(cell) for cell in row] for row in section.rows]}
            for section in sections
        ],
        "notes": notes,
    }
    html = fill_template("exports/register.html", context)
    return render_pages(html, sheets=("page.css",), css=style("register.css") + widths)
