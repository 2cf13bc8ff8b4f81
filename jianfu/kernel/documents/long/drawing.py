"""The rows of a long register, drawn page after page."""

from __future__ import annotations

import marshal
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any

import pydyf

from jianfu.kernel.documents.text import printable

from .breaking import TOLERANCE, broken, collapsed
from .letters import DASH
from .sheet import Sheet, Words, words_of
from .specimen import BORDER, SCALE, Page, Setting, Specimen, set_specimen

if TYPE_CHECKING:
    from jianfu.kernel.documents.register import RegisterColumn
    from jianfu.kernel.documents.register_pdf import Section

SPOOLED = 8 * 1024 * 1024  # bytes of rows kept in memory; more wait in a temporary file
REMEMBERED = 4_000  # cells of a column that were broken into lines
Said = Callable[[int], None]


def render_long_register(
    out: IO[bytes],
    columns: Sequence[RegisterColumn],
    sections: Iterable[Section],
    *,
    context: Mapping[str, Any],
    css: str,
    said: Said,
) -> None:
    """Write the file. Rows are read once and not kept; ``said`` is told how many are drawn."""
    with tempfile.SpooledTemporaryFile(max_size=SPOOLED) as kept:
        letters, section_letters = _keep(sections, kept)

        def draw(specimen: Specimen, pdf: pydyf.PDF) -> None:
            pages = _Pages(specimen, pdf, columns)
            kept.seek(0)
            for number, (is_section, cells) in enumerate(_kept(kept)):
                pages.add_section(cells[0]) if is_section else pages.add_row(cells)
                said(number + 1)
            pages.finish()

        set_specimen(context, css, letters, section_letters, out, draw)


def _keep(sections: Iterable[Section], kept: IO[bytes]) -> tuple[list[str], list[str]]:
    """Put every row aside as it is printed; returns the characters of the rows and those of the sections."""
    letters, of_sections = {" ", DASH}, {" ", DASH}
    for section in sections:
        if section.name:
            name = collapsed(printable(section.name))
            of_sections.update(name)
            marshal.dump((True, [name]), kept)
        for row in section.rows:
            cells = [collapsed(printable(str(cell))) for cell in row]
            letters.update(*cells)
            marshal.dump((False, cells), kept)
    return sorted(letters), sorted(of_sections)


def _kept(kept: IO[bytes]) -> Iterator[tuple[bool, list[str]]]:
    while True:
        try:
            yield marshal.load(kept)  # noqa: S302  our own file, written a moment ago
        except EOFError:
            return


class _Column:
    """A column of the table and the cells of it that were broken into lines."""

    def __init__(self, left: float, right: float, setting: Setting, *, padding: float, centred: bool) -> None:
        self.left, self.room, self.centred = left + padding, right - left - 2 * padding, centred
        self._letters = setting.letters
        self._widths = {char: letter.width for char, letter in setting.letters.items()}
        self._known: dict[str, list[Words]] = {}

    def lines(self, text: str) -> list[Words]:
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            parts = broken(text, self.room, self._widths) if text else []
            found = self._known[text] = [words_of(part, self._letters) for part in parts]
        return found

    def begins(self, words: Words) -> float:
        return self.left + (self.room - words.width) / 2 if self.centred else self.left


class _Pages:
    """The page being drawn, and those before it in the file."""

    def __init__(self, specimen: Specimen, pdf: pydyf.PDF, columns: Sequence[RegisterColumn]) -> None:
        self.specimen, self.pdf = specimen, pdf
        edges, padding = specimen.edges, specimen.padding
        self.columns = [
            _Column(left, right, specimen.rows, padding=padding, centred=column.centred)
            for column, left, right in zip(columns, edges[:-1], edges[1:], strict=True)
        ]
        self.wide = _Column(edges[0], edges[-1], specimen.sections, padding=padding, centred=False)
        self.number = 0
        self.waiting: list[Words] = []  # a section's line stays with its first row
        self._begin(specimen.first)

    def add_section(self, name: str) -> None:
        self._draw_waiting()
        self.waiting = self.wide.lines(name)

    def add_row(self, cells: Sequence[str]) -> None:
        lines = [column.lines(text) for column, text in zip(self.columns, cells, strict=True)]
        count = max(1, *map(len, lines))
        before = self._height(self.specimen.sections, len(self.waiting)) if self.waiting else 0
        if not self._fits(before + self._height(self.specimen.rows, count)) and self.sheet.has_rows:
            self._next_page()
        self._draw_waiting()
        while not self._fits(self._height(self.specimen.rows, count)):  # higher than a page: in pieces
            fitting = self._lines_left()
            self._draw_row([part[:fitting] for part in lines], fitting)
            lines, count = [part[fitting:] for part in lines], count - fitting
            self._next_page()
        self._draw_row(lines, count)

    def finish(self) -> None:
        """The last page, with the notes below the table, or on a page of their own."""
        self._draw_waiting()
        specimen = self.specimen
        below = self._fits(BORDER / 2 + specimen.notes_height)
        self._end(self._notes(self.y + BORDER / 2) if below else b"")
        if not below:
            self._begin(specimen.notes)
            self._end()

    def _notes(self, top: float) -> bytes:
        """What WeasyPrint wrote for the notes at the top of a page, moved to where the table ends."""
        _turned, *drawn = self.specimen.notes.operators
        self.specimen.notes.operators.clear()
        down = (top - self.specimen.top) * SCALE
        return b"\n".join([b"q", f"1 0 0 1 0 {down:.3f} cm".encode(), *drawn, b"Q"])

    def _fits(self, height: float) -> bool:
        return self.y + height <= self.specimen.bottom + TOLERANCE

    def _lines_left(self) -> int:
        """Lines of a row that still find room; at least one, so that every row comes to its end."""
        rows = self.specimen.rows
        return max(1, int((self.specimen.bottom + TOLERANCE - self.y - rows.height) / rows.pitch) + 1)

    @staticmethod
    def _height(setting: Setting, count: int) -> float:
        return setting.height + (count - 1) * setting.pitch

    def _draw_waiting(self) -> None:
        if not self.waiting:
            return
        setting, lines = self.specimen.sections, self.waiting
        for place, words in enumerate(lines):
            baseline = self.y + setting.baseline + place * setting.pitch
            self.sheet.put(self.wide.begins(words), baseline, words)
        self.y += self._height(setting, len(lines))
        self.sheet.rule(self.y, divided=False)
        self.waiting = []

    def _draw_row(self, lines: Sequence[Sequence[Words]], count: int) -> None:
        setting = self.specimen.rows
        for column, part in zip(self.columns, lines, strict=True):
            baseline = self.y + setting.baseline + (count - len(part)) * setting.pitch / 2
            for place, words in enumerate(part):
                self.sheet.put(column.begins(words), baseline + place * setting.pitch, words)
        self.y += self._height(setting, count)
        self.sheet.rule(self.y, divided=True)

    def _next_page(self) -> None:
        self._end()
        self._begin(self.specimen.next)

    def _begin(self, page: Page) -> None:
        self.page, self.y = page, page.rows_from
        self.sheet = Sheet(self.specimen.edges, page.rows_from)
        self.number += 1

    def _end(self, more: bytes = b"") -> None:
        """Write the page: what WeasyPrint set of it, its rows, its number."""
        if self.number > 1:
            self._put_number()
        content = pydyf.Stream([zlib.compress(self.sheet.content(more))], {"Filter": "/FlateDecode"})
        self.pdf.add_object(content)
        entry = pydyf.Dictionary(self.page.entry)
        entry["Contents"] = pydyf.Array([self.page.stream.reference, content.reference])
        self.pdf.add_page(entry)

    def _put_number(self) -> None:
        words = words_of(f"— {self.number} —", self.specimen.numbers)
        middle = (self.specimen.edges[0] + self.specimen.edges[-1]) / 2
        self.sheet.put(middle - words.width / 2, self.specimen.number_baseline, words)
