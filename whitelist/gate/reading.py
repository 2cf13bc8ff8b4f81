"""What a person at a gate typed, or a phone scanned: a 核验码, or a number that everybody may know."""

from __future__ import annotations

import re
from dataclasses import dataclass

from jianfu.kernel.verification import as_typed, read_code
from whitelist.states import NUMBER_PREFIX

_LIKE_DIGITS = str.maketrans("OQIL|", "00111")
_NUMBER = re.compile(r"(?P<letters>[A-HJKMNPR-Z]{2,3})?(?P<digits>[0-9OQIL|]{7,10})")
LONGEST = 60


@dataclass(frozen=True)
class Asked:
    """``is_code``: it stands on a paper that was issued, and nowhere else."""

    text: str
    is_code: bool


def read(typed: str) -> Asked | None:
    """None for what is neither; ``bmd 2o26-ooo1``, full width, blanks and missing letters are forgiven."""
    if len(typed) > LONGEST:
        return None
    if code := read_code(typed):
        return Asked(code, is_code=True)
    found = _NUMBER.fullmatch(as_typed(typed))
    if found is None:
        return None
    digits = found["digits"].translate(_LIKE_DIGITS)
    return Asked(f"{found['letters'] or NUMBER_PREFIX}{digits}", is_code=False)
