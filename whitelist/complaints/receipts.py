"""回执码: 24 characters by which a writer follows what they reported, and nobody else can.

32 characters that nobody takes for another (no I, L, O, U) make 120 bits. Only a keyed digest is stored.
"""

from __future__ import annotations

import secrets
import unicodedata

from jianfu.kernel.sealing import keyed_digest

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH, GROUP = 24, 4
_MISREAD = str.maketrans("OIL", "011")


def new_receipt() -> str:
    """Six groups of four (7K2M-…), shown once."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(code[place : place + GROUP] for place in range(0, LENGTH, GROUP))


def read_receipt(typed: str) -> str | None:
    """The bare code as it was typed or pasted: small or full-width letters, any blanks, O for 0, I for 1."""
    plain = unicodedata.normalize("NFKC", typed[:200]).upper().translate(_MISREAD)
    code = "".join(char for char in plain if char.isalnum())
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def receipt_digest(code: str) -> str:
    return keyed_digest(read_receipt(code) or "", "complaint.receipt")
