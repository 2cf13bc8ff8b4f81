"""The words of a workbook, which its sheets name by number."""

from __future__ import annotations

import re

from .cells import FileRefused
from .limits import MB, Limits
from .markup import Attributes, Walker

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
MOST_CHARACTERS = 60 * MB


def unescaped(text: str) -> str:
    """_x0041_ is A (ECMA-376, ST_Xstring); halves of a surrogate pair and NUL are left out."""
    if "_x" not in text:
        return text

    def char(match: re.Match[str]) -> str:
        code = int(match.group(1), 16)
        return "" if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)

    return _ESCAPED.sub(char, text).replace("\r\n", "\n")


class Strings(Walker):
    """Rich text as plain words; the readings above the words (rPh) are no part of them."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.found: list[str] = []
        self._limits = limits
        self._words: list[str] = []
        self._listening = self._reading = False
        self._length = 0

    def start(self, name: str, _attributes: Attributes) -> None:
        if name == "t":
            self._listening = not self._reading
        elif name == "si":
            self._words = []
        elif name == "rPh":
            self._reading = True

    def end(self, name: str) -> None:
        if name == "t":
            self._listening = False
        elif name == "rPh":
            self._reading = False
        elif name == "si":
            self._keep(unescaped("".join(self._words)))

    def _keep(self, text: str) -> None:
        self._length += len(text)
        if self._length > MOST_CHARACTERS or len(self.found) > self._limits.cells:
            raise FileRefused("文件里的文字太多，读不完。分成几份再上传")
        self.found.append(text)

    def text(self, text: str) -> None:
        if self._listening:
            self._words.append(text)
