"""The pages that WeasyPrint sets for a long register: what is repeated, what is measured, every character."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pydyf

from jianfu.kernel.documents.pdf import PRODUCT, fill_template, laid_out, style

from .letters import Letter, Line, in_lines, letters_of, lines_on

if TYPE_CHECKING:
    from typing import IO

    from weasyprint import Document

FIRST, NEXT, NOTES, LINES, LETTERS, SECTION_LETTERS, DIGITS = range(7)  # its pages
DIGIT_CHARACTERS = "—0123456789 "
BOTTOM_MARGIN = 20 / 25.4 * 96  # of register.css, in pixels
SCALE = 0.75  # points of PDF to a pixel of CSS
BORDER = 0.5 / SCALE


@dataclass(frozen=True, slots=True)
class Setting:
    """A kind of line: how high a row of one is, how far its baseline lies under the top of the row, how much
    a further line takes, and its characters."""

    height: float
    baseline: float
    pitch: float
    letters: Mapping[str, Letter]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as WeasyPrint wrote it: its entry in the file, the operators on it, where its rows begin."""

    entry: pydyf.Dictionary
    stream: pydyf.Stream
    rows_from: float

    @property
    def operators(self) -> list[bytes]:
        return self.stream.stream


@dataclass(frozen=True, slots=True)
class Specimen:
    """Everything that the rows are drawn with; lengths in pixels of CSS from the top left corner."""

    first: Page
    next: Page
    notes: Page
    notes_height: float
    top: float  # of the type area of a page
    height: float
    edges: tuple[float, ...]  # of the columns, in the middle of their lines
    padding: float
    rows: Setting
    sections: Setting
    numbers: Mapping[str, Letter]
    number_baseline: float

    @property
    def bottom(self) -> float:
        return self.height - BOTTOM_MARGIN


def set_specimen(
    context: Mapping[str, Any],
    css: str,
    letters: list[str],
    section_letters: list[str],
    out: IO[bytes],
    draw: Callable[[Specimen, pydyf.PDF], None],
) -> None:
    """Have it set, let ``draw`` make pages of it, and write the file. What was only measured is left out."""
    filled = fill_template(
        "exports/register_specimen.html",
        {**context, "letters": in_lines(letters), "section_letters": in_lines(section_letters)},
    )
    sheets = [style("page.css"), style("register.css"), style("register_specimen.css"), css]
    document = laid_out(filled, sheets)

    def finish(document: Document, pdf: pydyf.PDF) -> None:
        entries = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
        pages = [
            Page(entry, _stream_of(entry, pdf), _rows_from(page.anchors))
            for entry, page in zip(entries, document.pages, strict=True)
        ]
        specimen = _specimen(document, pages, letters, section_letters)
        pdf.pages["Kids"], pdf.pages["Count"] = pydyf.Array(), 0
        pdf.info["Producer"] = pydyf.String(PRODUCT)
        draw(specimen, pdf)
        for page in pages[LINES:]:
            page.stream.stream = []
        for entry in entries:
            entry.clear()

    document.write_pdf(out, finisher=finish)


def _stream_of(entry: pydyf.Dictionary, pdf: pydyf.PDF) -> pydyf.Stream:
    return pdf.objects[int(entry["Contents"].split()[0])]


def _rows_from(anchors: Mapping[str, tuple[float, ...]]) -> float:
    """The foot of the table's head on the page; 0 where there is none."""
    return next((anchors[name][3] for name in ("first", "next") if name in anchors), 0.0)


def _specimen(
    document: Document, pages: list[Page], letters: list[str], section_letters: list[str]
) -> Specimen:
    widths = {font.hash: font.widths for font in document.fonts.values()}
    found = [lines_on(b"\n".join(page.operators)) for page in pages]
    anchors = document.pages[LINES].anchors
    cells = [anchors[f"cell-{place}"] for place in range(sum(name.startswith("cell-") for name in anchors))]
    one, two, section = (anchors[name] for name in ("one-line", "two-lines", "section"))
    height = one[3] - one[1]
    top = document.pages[NEXT].anchors["next"][1] - BORDER / 2
    pitch = two[3] - two[1] - height
    samples = found[LINES]
    of_section = next(line for line in samples if line.y > section[1])
    numbers = [Line(0, 0, (glyph, glyph)) for glyph in found[DIGITS][-1].glyphs]
    return Specimen(
        first=pages[FIRST],
        next=pages[NEXT],
        notes=pages[NOTES],
        notes_height=document.pages[NOTES].anchors["notes-end"][1] - top,
        top=top,
        height=document.pages[FIRST].height,
        edges=(*(cell[0] for cell in cells), cells[-1][2]),
        padding=samples[0].x - cells[0][0],
        rows=Setting(height, samples[0].y - one[1], pitch, letters_of(letters, found[LETTERS], widths)),
        sections=Setting(
            section[3] - section[1],
            of_section.y - section[1],
            pitch,
            letters_of(section_letters, found[SECTION_LETTERS], widths),
        ),
        numbers=letters_of(DIGIT_CHARACTERS, numbers, widths),
        number_baseline=found[FIRST][-1].y,
    )
