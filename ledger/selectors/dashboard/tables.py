"""A table that answers a question, with a picture in each line where one helps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from jianfu.kernel.dates import chinese_date

DARKEST = 5  # shades of a heat map beyond none

Cell = int | str | date | None


@dataclass(frozen=True)
class Bar:
    """One piece of a picture of 100 by 10: ``tone`` names its colour, ``row`` of ``rows`` its place."""

    start: float
    width: float
    tone: str
    row: int = 0
    rows: int = 1

    @property
    def top(self) -> float:
        return 10 * self.row / self.rows

    @property
    def height(self) -> float:
        return 10 / self.rows - (0.6 if self.rows > 1 else 0)


@dataclass(frozen=True)
class Line:
    """``tone`` colours the word of the cell ``toned``; ``url`` is the way to the thing itself."""

    label: str
    cells: tuple[Cell, ...]
    bars: tuple[Bar, ...] = ()
    url: str = ""
    tone: str = ""
    toned: int | None = None

    @property
    def shown(self) -> tuple[Cell, ...]:
        return tuple(chinese_date(cell) if isinstance(cell, date) else cell for cell in self.cells)

    @property
    def shaded(self) -> list[tuple[Cell, int]]:
        """The cells of a heat map without the last one, the total, each with its shade."""
        return [(cell, min(cell, DARKEST)) for cell in self.cells[:-1] if isinstance(cell, int)]


@dataclass(frozen=True)
class Table:
    """``headings`` stand over the cells, the first over the label. ``numbers`` are the columns of figures.

    ``heat`` marks the table whose cells are shaded by their number.
    """

    key: str
    title: str
    definition: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    empty: str = "没有可列的内容。"
    numbers: tuple[int, ...] = ()
    heat: bool = False
    link: tuple[str, str] = ("", "")
    notes: tuple[str, ...] = ()  # one a heading, shown under it

    @property
    def wide(self) -> bool:
        """The last column holds a word, not a number."""
        return len(self.headings) - 1 not in self.numbers

    @property
    def noted(self) -> list[tuple[str, str]]:
        return list(zip(self.headings, self.notes, strict=True))

    @property
    def shades(self) -> list[tuple[int, str]]:
        """The key to the shades: 0 … 4, 5 及以上."""
        return [
            (shade, f"{shade} 及以上" if shade == DARKEST else str(shade)) for shade in range(DARKEST + 1)
        ]

    @property
    def charted(self) -> bool:
        return any(line.bars for line in self.lines)


def side_by_side(parts: Iterable[tuple[int, str]], longest: int) -> tuple[Bar, ...]:
    """One bar of several pieces."""
    start, bars = 0.0, []
    for count, tone in parts:
        width = 100 * count / longest if longest else 0.0
        if width:
            bars.append(Bar(round(start, 2), round(width, 2), tone))
        start += width
    return tuple(bars)


def one_above_other(parts: tuple[tuple[int, str], ...]) -> tuple[Bar, ...]:
    """A bar each, on one scale; a number below nothing has none."""
    most = max((count for count, _tone in parts), default=0)
    if most <= 0:
        return ()
    return tuple(
        Bar(0, round(100 * max(count, 0) / most, 2), tone, place, len(parts))
        for place, (count, tone) in enumerate(parts)
    )
