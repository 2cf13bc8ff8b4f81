"""发文字号 as GB/T 9704 7.2.5 wants it: 机关代字〔年份〕序号号, six-cornered brackets, no leading zeros."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

EXAMPLE = "云教委发〔2026〕5号"
FIRST_YEAR, LAST_YEAR = 1949, 2099

_OPEN = r"(\[【〔﹝［（{｛〖"
_CLOSE = r")\]】〕﹞］）}｝〗"
_NUMBER = re.compile(
    rf"^(?P<issuer>[^\d{_OPEN}{_CLOSE}]*?)[{_OPEN}](?P<year>\d+)年?[{_CLOSE}]第?(?P<serial>\d+)号?$"
)


@dataclass(frozen=True)
class DocumentNumber:
    """``text`` is what to keep; ``warnings`` say in words what was changed or looks wrong."""

    text: str
    warnings: tuple[str, ...] = ()


def read_document_number(typed: str) -> DocumentNumber:
    """Bring a typed 文号 into the official form: [2021]8号, （2025）第01号 and full-width digits are read.

    Nothing is refused: what does not read like a 文号 is kept as typed, with a warning. Empty stays empty.
    """
    bare = "".join(_plain_digits(typed).split())
    if not bare:
        return DocumentNumber("")
    match = _NUMBER.match(bare)
    if match is None:
        return DocumentNumber(bare, (f"“{bare}”不像文号，按原样保存。文号一般写作“{EXAMPLE}”",))
    year, serial = match["year"], match["serial"].lstrip("0") or "0"
    warnings = []
    if serial != match["serial"]:
        warnings.append(f"序号不加 0，“{match['serial']}号”已改为“{serial}号”")
    if len(year) != 4 or not FIRST_YEAR <= int(year) <= LAST_YEAR:
        warnings.append(f"年份“{year}”要写全四位，如“{EXAMPLE}”")
    if not match["issuer"]:
        warnings.append(f"缺少机关代字，如“{EXAMPLE}”")
    return DocumentNumber(f"{match['issuer']}〔{year}〕{serial}号", tuple(warnings))


def _plain_digits(text: str) -> str:
    """Full-width digits as plain ones; everything else as it is."""
    return "".join(
        unicodedata.normalize("NFKC", char) if char.isdecimal() and not char.isascii() else char
        for char in text
    )
