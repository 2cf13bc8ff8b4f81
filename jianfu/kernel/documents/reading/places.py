"""Where a cell stands, as a workbook writes it: B7, $B$7, A1:C3."""

from __future__ import annotations

import re
from functools import lru_cache

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def place_of(reference: str) -> tuple[int, int] | None:
    """(row, column); None for what is no place."""
    match = _REFERENCE.fullmatch(reference)
    return (int(match.group(2)), column_of(match.group(1).upper())) if match else None


def range_of(reference: str) -> tuple[int, int, int, int] | None:
    """(top, left, bottom, right)."""
    first, _, last = reference.partition(":")
    begin, end = place_of(first), place_of(last or first)
    if begin is None or end is None:
        return None
    return min(begin[0], end[0]), min(begin[1], end[1]), max(begin[0], end[0]), max(begin[1], end[1])


def columns_of(reference: str) -> int:
    """The column alone: of a cell whose row is known."""
    return column_of(reference.rstrip("0123456789").replace("$", "").upper())


@lru_cache(maxsize=1_024)
def column_of(letters: str) -> int:
    column = 0
    for char in letters[:4]:
        column = column * 26 + ord(char) - 64
    return column
