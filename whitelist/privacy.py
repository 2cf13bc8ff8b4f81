"""What must not reach a public page: telephones, identity numbers, mail addresses, names of people in charge.

Departments write their forms as they like, and some put the number of a colleague into the description of
an activity. The words go public, so what reads like a way to reach a person is taken out of the snapshot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from jianfu.kernel.names import mask_name

HIDDEN = "［联系方式略］"

_REACHES_A_PERSON = re.compile(
    r"(?<!\d)\d{17}[\dXx](?![\dXx])"  # identity number
    r"|(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"  # mobile
    r"|(?<!\d)(?:[（(]0\d{2,3}[）)]|0\d{2,3})[-－— ]?\d{7,8}(?:[-转]\d{1,5})?(?!\d)"  # landline
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.ASCII,
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９＠．", "0123456789@.")


def reaches_a_person(text: str) -> bool:
    """Whether the text holds a telephone, an identity number or a mail address. 110 and 12345 are none."""
    return bool(_REACHES_A_PERSON.search(text.translate(_FULL_WIDTH)))


def publishable(text: str, names: Iterable[str] = ()) -> str:
    """The text without ways to reach a person, and with the given names masked (马骁 → 马＊＊)."""
    # Translating does not change the length, so a match stands at the same place in the original.
    for match in reversed(list(_REACHES_A_PERSON.finditer(text.translate(_FULL_WIDTH)))):
        text = text[: match.start()] + HIDDEN + text[match.end() :]
    for name in names:
        if len(name) > 1:
            text = text.replace(name, mask_name(name))
    return text
