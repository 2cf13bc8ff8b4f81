"""What a number is shown as: a number, a per cent, or a day. Told by the cell's number format."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from .cells import DATE, ERROR, NUMBER, PERCENT, TEXT
from .markup import Attributes, Walker

_PERCENTS = frozenset({9, 10})
# The built-in dates and times, with those of the Chinese programs (27-36, 50-58).
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
# Quoted words, [colours and conditions], escaped and padding characters are no part of the pattern.
_ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_GENERAL = re.compile("general|g/通用格式", re.IGNORECASE)


def kind_of_format(number: int, code: str) -> str:
    """NUMBER, PERCENT or DATE for a format's number and, where it is not built in, its code."""
    if not code:
        return DATE if number in _DATES else PERCENT if number in _PERCENTS else NUMBER
    pattern = _GENERAL.sub("", _ASIDE.sub("", code.split(";", maxsplit=1)[0])).lower()
    if any(letter in pattern for letter in "ymdhs年月日"):
        return DATE
    return PERCENT if "%" in pattern else NUMBER


class Styles(Walker):
    """The kind of every cell style (``kinds[s]`` for a cell with s="…")."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []
        self._codes: dict[str, str] = {}
        self._inside = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            given = attributes.get("numFmtId", "0")
            number = int(given) if given.isascii() and given.isdigit() else 0
            self.kinds.append(kind_of_format(number, self._codes.get(given, "")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False


_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  a sheet knows no zone
_NO_SUCH_DAY = 60  # 29 February 1900, which Excel believes in


def day_of(serial: float, *, since_1904: bool) -> tuple[str, str]:
    """(kind, value) of a serial number shown as a day: ISO; a time of day alone is text."""
    if 0 <= serial < 1:
        return TEXT, _time_of_day(serial)
    if (not since_1904 and (serial < 0 or int(serial) == _NO_SUCH_DAY)) or not abs(serial) < 2_958_466:
        return ERROR, "####"
    epoch = _EPOCH_1904 if since_1904 else _EPOCH
    if not since_1904 and serial < _NO_SUCH_DAY:
        serial += 1
    moment = epoch + timedelta(days=int(serial), seconds=round((serial - int(serial)) * 86_400))
    if moment.time() == time():
        return DATE, moment.date().isoformat()
    return DATE, moment.isoformat()


def _time_of_day(serial: float) -> str:
    minutes = round(serial * 24 * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def from_iso(text: str) -> date | datetime:
    """What `day_of` wrote, and what a cell of type "d" holds."""
    moment = datetime.fromisoformat(text.strip())
    if len(text.strip()) <= 10:
        return moment.date()
    return moment.replace(tzinfo=None)
