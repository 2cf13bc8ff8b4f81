"""What was found and is not closed yet, of each kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from whitelist.models import ClosedClue
from whitelist.states import Season

from . import plans, visits  # noqa: F401 - they declare
from .declaration import CLUES, Clue, Found


@dataclass(frozen=True)
class OpenClue:
    """A kind, what its definition reads today, what is open, and how many were closed in the term."""

    clue: Clue
    definition: str
    found: list[Found]
    closed: int


def found_by(code: str, district_id: int, season: Season) -> list[Found]:
    """All of one kind in the term, closed or not; each from a fixed number of queries."""
    return CLUES[code].find(district_id, season.first, season.last)


def clues_of(district_id: int, season: Season, on: date) -> list[OpenClue]:
    """Every kind in the order of its declaration, nothing ranked."""
    rows = ClosedClue.objects.filter(district_id=district_id).values_list("code", "key")
    closed = set(rows)
    answer = []
    for clue in CLUES.values():
        found = found_by(clue.code, district_id, season)
        still = [each for each in found if (clue.code, each.key) not in closed]
        answer.append(OpenClue(clue, clue.defined(district_id, on), still, len(found) - len(still)))
    return answer
