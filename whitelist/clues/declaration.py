"""A kind of clue, declared once: the page, the workbook and the statistics read the same declaration."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from jianfu.kernel.clauses import worded
from jianfu.kernel.policy import Figure, figure_value


@dataclass(frozen=True)
class Record:
    """One record that was counted: its key, what it says, and where it stands (where it has a page)."""

    key: str
    words: str
    url: str = ""


@dataclass(frozen=True)
class Found:
    """One clue: ``about`` names the school, unit or item, ``words`` what was counted, on which day."""

    about: str
    words: str
    day: date
    records: tuple[Record, ...]

    @property
    def key(self) -> str:
        """Of exactly these records: with another one it is another clue."""
        told = "|".join(sorted(record.key for record in self.records))
        return hashlib.sha256(told.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Clue:
    """``find(district_id, first, last)`` counts between two days; ``definition`` says what, with the figures
    in force put in; ``practice`` is the code of A8 that it may turn out to be."""

    code: str
    title: str
    definition: str
    find: Callable[[int, date, date], list[Found]]
    figures: tuple[Figure, ...] = ()
    practice: str = ""

    def defined(self, district_id: int, on: date) -> str:
        """The definition with the figures of the day and where they come from."""
        values = {
            figure.code: figure.in_words(figure_value(figure, district_id, on)) for figure in self.figures
        }
        words = self.definition
        for code, value in values.items():
            words = words.replace(f"{{{code}}}", value)
        return words + "".join(f"（{worded(figure.clause)}）" for figure in self.figures)


CLUES: dict[str, Clue] = {}


def declare(clue: Clue) -> Clue:
    if clue.code in CLUES:
        raise ValueError(f"clue {clue.code} declared twice")
    CLUES[clue.code] = clue
    return clue
