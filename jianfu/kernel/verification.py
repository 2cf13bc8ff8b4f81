"""核验码: stands on a document, so that whoever is shown it can ask whether it is genuine and still holds.

Sixteen signs drawn from 32, of which none looks like another: 80 random bits, so that guessing is hopeless.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U
LENGTH = 16
PLACE = "/v/"  # under which the whitelist answers; short, for it is typed and stands in a QR code

_MISREAD = str.maketrans("OILU", "011V")
_BETWEEN = re.compile(r"[\s\-‐-―－_.·]+")
_SIGNS = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def as_typed(text: str) -> str:
    """Full width and lower case alike, without the blanks and dashes that people put between."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()


def read_code(text: str) -> str:
    """The code that was meant: O for 0, I or L for 1, U for V; empty where it is none."""
    signs = as_typed(text).translate(_MISREAD)
    return signs if _SIGNS.fullmatch(signs) else ""


def grouped(code: str) -> str:
    """K7QM-3D9X-0ABC-DEFG, as it is printed: four and four are compared and typed without a slip."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def public_address(path: str) -> str:
    """The whole address of a page, for what is printed; empty where this place has not been told its own."""
    site = settings.JIANFU_PUBLIC_URL.rstrip("/")
    return site + path if site else ""


def path_of(code: str) -> str:
    return f"{PLACE}{code}/"
