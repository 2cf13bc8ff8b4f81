"""One page of a long register as the operators of PDF, in pixels of CSS from the top left corner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .letters import Letter, units_of
from .specimen import BORDER, SCALE


@dataclass(frozen=True, slots=True)
class Words:
    """A line of a cell: its glyphs as (font, codes), and how wide it is."""

    runs: tuple[tuple[str, str], ...]
    width: float


def words_of(text: str, letters: Mapping[str, Letter]) -> Words:
    runs: list[tuple[str, str]] = []
    font, codes, width = "", "", 0.0
    for unit in units_of(text):
        letter = letters[unit]
        if letter.font != font and codes:
            runs.append((font, codes))
            codes = ""
        font = letter.font
        codes += letter.code
        width += letter.width
    return Words((*runs, (font, codes)), width)


class Sheet:
    """The rows of a page. Lines between columns are drawn once, over all rows that have them."""

    def __init__(self, edges: Sequence[float], top: float) -> None:
        self._edges, self._top = edges, top
        self._divided_from: float | None = None
        self._last = top
        self._rules: list[str] = []
        self._texts: list[str] = []
        self._font = ""

    @property
    def has_rows(self) -> bool:
        return self._last > self._top

    def put(self, x: float, baseline: float, words: Words) -> None:
        place = f"1 0 0 -1 {x:.2f} {baseline:.2f} Tm"
        for font, codes in words.runs:
            if font != self._font:
                self._texts.append(font)
                self._font = font
            self._texts.append(f"{place} <{codes}> Tj" if place else f"<{codes}> Tj")
            place = ""

    def rule(self, y: float, *, divided: bool) -> None:
        """A row ends at ``y``; a divided one has lines between its columns."""
        self._line(self._edges[0] - BORDER / 2, y, self._edges[-1] + BORDER / 2, y)
        if divided and self._divided_from is None:
            self._divided_from = self._last
        if not divided:
            self._divide()
        self._last = y

    def content(self, more: bytes = b"") -> bytes:
        """All of it, with ``more`` operators behind, which stand in points."""
        if self.has_rows:
            self._divide()
            for edge in (self._edges[0], self._edges[-1]):
                self._line(edge, self._top, edge, self._last)
        drawn = [f"q\n{SCALE} 0 0 {SCALE} 0 0 cm\n0 0 0 RG 0 0 0 rg {BORDER:.6f} w", *self._rules, "S"]
        if self._texts:
            drawn += ["BT", *self._texts, "ET"]
        return b"\n".join(["\n".join([*drawn, "Q"]).encode(), more])

    def _divide(self) -> None:
        if self._divided_from is not None:
            for edge in self._edges[1:-1]:
                self._line(edge, self._divided_from, edge, self._last)
            self._divided_from = None

    def _line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        self._rules.append(f"{x:.3f} {y:.3f} m {to_x:.3f} {to_y:.3f} l")
