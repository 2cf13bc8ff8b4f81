"""The themes of social affairs that come to schools (fixtures/themes.json), and how a text is read."""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PLACE = Path(__file__).resolve().parents[2] / "fixtures" / "themes.json"

_POINT = re.compile(r"(?<=\d)[.•・‧∙](?=\d)")
_BLANK = re.compile(r"\s+")


def plain(text: str) -> str:
    """Full and half width alike, capitals, no blanks, one kind of point between the numbers of a day."""
    return _POINT.sub("·", _BLANK.sub("", unicodedata.normalize("NFKC", text))).upper()


@dataclass(frozen=True)
class Course:
    """A course that schools teach; ``source`` is the standard that says what is in it."""

    name: str
    stages: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Theme:
    """``near``: other themes → how much this one is also about them. ``broad``: says little beside another.

    ``group``: the broad theme that several of its members together make up. ``taught``: course → what of the
    theme it holds already.
    """

    key: str
    name: str
    near: Mapping[str, float] = field(default_factory=dict)
    broad: bool = False
    group: str = ""
    taught: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: a theme's word, or what is no known word at all (``theme`` is None)."""

    text: str
    theme: str | None


class Lexicon:
    """Finds themes in a text by the longest word at each place; fillers (宣传, 进校园) say nothing."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.courses = {
            key: Course(row["name"], tuple(row["stages"]), row["source"])
            for key, row in data["courses"].items()
        }
        self.themes = {row["key"]: _theme(row) for row in data["themes"]}
        self._words: dict[str, str | None] = {plain(word): None for word in data["fillers"]}
        self._words |= {plain(word): row["key"] for row in data["themes"] for word in row["words"]}
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def pieces(self, text: str) -> Iterator[Piece]:
        """The text (made `plain`) without its fillers, cut at words, fillers and punctuation."""
        start = place = 0
        while place < len(text):
            size = self._longest(text, place)
            if not size and _is_letter(text[place]):
                place += 1
                continue
            if start < place:
                yield Piece(text[start:place], None)
            theme = self._words.get(text[place : place + size]) if size else None
            if theme:
                yield Piece(text[place : place + size], theme)
            place += size or 1
            start = place
        if start < place:
            yield Piece(text[start:], None)

    def _longest(self, text: str, place: int) -> int:
        """The length of the longest word that begins here; 0 for none."""
        for size in self._lengths.get(text[place], ()):
            word = text[place : place + size]
            if word in self._words and not (word.isascii() and _inside(text, place, place + size)):
                return size
        return 0


def _is_letter(char: str) -> bool:
    return char.isalnum()


def _inside(text: str, start: int, end: int) -> bool:
    """A number or Latin word is one only as a whole: no 119 in 2119."""
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return any(char.isascii() and char.isalnum() for char in around)


def _theme(row: Mapping[str, Any]) -> Theme:
    return Theme(
        key=row["key"],
        name=row["name"],
        near=row.get("near", {}),
        broad=row.get("broad", False),
        group=row.get("group", ""),
        taught=row.get("taught", {}),
    )


@functools.cache
def lexicon() -> Lexicon:
    return Lexicon(json.loads(PLACE.read_text(encoding="utf-8")))
