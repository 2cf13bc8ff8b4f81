"""监测线索: what the records alone tell, each kind declared once (R106, 004 三、四(五))."""

from .closing import OpenClue, clues_of, found_by
from .declaration import CLUES, Clue, Found, Record
from .visits import UNLISTED, unlisted_clue

__all__ = [
    "CLUES",
    "UNLISTED",
    "Clue",
    "Found",
    "OpenClue",
    "Record",
    "clues_of",
    "found_by",
    "unlisted_clue",
]
