"""A title and its content as numbers: themes, character pairs, a sketch of the text."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from .lexicon import Lexicon, Piece, lexicon, plain

BESIDE = 0.3  # a broad theme beside one that says more
ALONE = 0.9  # a broad theme in the title where only the content says more
CONTENT = 0.25  # what only the content says, where the title has a theme of its own
TOGETHER = 3  # so many themes of a group in a title make it about the group as a whole
UMBRELLA = 2.0
LEADING = 5  # themes of a content that are kept
SKETCH = 8  # shingles kept of a content
SHINGLE = 5
READ = 1_500  # characters of a content that are looked at
_BRACKETS = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"[0-9A-Z]{2,}")


@dataclass(frozen=True)
class Features:
    """``themes``: key → weight, of length 1; ``named`` those that say what it is about, broad ones aside.

    ``pairs`` of neighbouring characters of the title, ``sketch`` of the content.
    """

    themes: Mapping[str, float]
    named: frozenset[str]
    pairs: frozenset[str]
    sketch: frozenset[str]

    def as_data(self) -> list[Any]:
        """For a JSON column."""
        rounded = {key: round(weight, 3) for key, weight in self.themes.items()}
        return [rounded, sorted(self.named), sorted(self.pairs), sorted(self.sketch)]

    @classmethod
    def from_json(cls, text: str) -> Features:
        themes, named, pairs, sketch = json.loads(text)
        return cls(themes, frozenset(named), frozenset(pairs), frozenset(sketch))


def features(title: str, content: str = "") -> Features:
    """What stands in brackets in the title explains it: it is read as content."""
    words, title = lexicon(), plain(title)
    head = list(words.pieces(_BRACKETS.sub("", title)))
    inside = "，".join(_BRACKETS.findall(title))
    said = list(words.pieces((inside + "。" + plain(content))[:READ]))
    weights, named = _themes(words, Counter(_keys(head)), Counter(_keys(said)))
    return Features(
        _unit(_with_near(words, weights)),
        frozenset(named),
        frozenset(_pairs(words, title)),
        frozenset(_sketch(words.pieces(plain(content)[:READ]))),
    )


def _keys(pieces: Iterable[Piece]) -> Iterator[str]:
    return (piece.theme for piece in pieces if piece.theme)


def _themes(words: Lexicon, title: Counter[str], said: Counter[str]) -> tuple[dict[str, float], set[str]]:
    """Theme → weight, and which are named: the title decides; where it is silent, the content does."""
    named = {key for key in title if not words.themes[key].broad}
    broad = {key for key in title if key not in named}
    told = _unit(_leading(words, said))
    if not named:
        weights = dict.fromkeys(broad, ALONE if told else 1.0) | told
        return weights or _most(said), set() if broad else set(told)
    weights = dict.fromkeys(broad, BESIDE) | dict.fromkeys(named, 1.0)
    weights |= dict.fromkeys(_umbrellas(words, named), UMBRELLA)
    for key, weight in told.items():
        weights.setdefault(key, weight * CONTENT)
    return weights, named


def _leading(words: Lexicon, said: Counter[str]) -> dict[str, float]:
    """The themes that the content speaks of most, broad ones aside, each with its share of the first."""
    found = Counter({key: count for key, count in said.items() if not words.themes[key].broad})
    most = found.most_common(LEADING)
    return {key: count / most[0][1] for key, count in most if count * 3 >= most[0][1]}


def _most(said: Counter[str]) -> dict[str, float]:
    return {key: 1.0 for key, _count in said.most_common(1)}


def _umbrellas(words: Lexicon, named: set[str]) -> list[str]:
    """交通安全、消防安全、防溺水 in one title are 安全教育 too."""
    groups = Counter(words.themes[key].group for key in named)
    return [group for group, count in groups.items() if group and count >= TOGETHER]


def _with_near(words: Lexicon, weights: Mapping[str, float]) -> dict[str, float]:
    spread = dict(weights)
    for key, weight in weights.items():
        for other, share in words.themes[key].near.items():
            spread[other] = spread.get(other, 0.0) + weight * share
    return spread


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {key: weight / length for key, weight in weights.items()} if length else {}


def _pairs(words: Lexicon, title: str) -> Iterator[str]:
    """Neighbouring characters of what names no theme, and whole numbers; a year tells nothing."""
    for piece in words.pieces(title):
        if piece.theme and not words.themes[piece.theme].broad:
            continue
        text = _YEAR.sub("", piece.text)
        yield from _NUMBER.findall(text)
        for place in range(len(text) - 1):
            pair = text[place : place + 2]
            if not pair.isascii():
                yield pair


def _sketch(pieces: Iterable[Piece]) -> list[str]:
    """The shingles with the smallest checksums: like texts keep like ones (a bottom-k sketch)."""
    text = "".join(piece.text for piece in pieces)
    sums = {crc32(text[place : place + SHINGLE].encode()) for place in range(len(text) - SHINGLE + 1)}
    return [f"{number:08x}" for number in sorted(sums)[:SKETCH]]
