"""How near two activities are in what they are about, and why, in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import repeat

from .features import Features
from .lexicon import lexicon, plain

NEAR, SAME = 0.45, 0.75  # from here on 相近, 高度相近
BY_THEME, BY_PAIRS = 0.85, 0.15
BY_WORDS, BY_TEXT = 0.9, 0.95  # where no theme is named
STRANGE = 0.3  # two named themes that have less in common are different matters, whatever else they share
PART_OF = 0.62  # all that the one is about is among what the other is about
COPIED = 0.5  # of the sketch: the content is the same text
UNASKED = 0.5  # what a pair of characters tells that only the other one has: it was not looked for
SAME_WORDS = 0.7  # of those on the theme, what has the same words too comes first

Weigh = Mapping[str, float] | None


@dataclass(frozen=True)
class Likeness:
    """``score`` from 0 to 1; ``themes`` are the keys that both are about, the weightiest first.

    ``words``: how much of the titles is the same besides, from 0 to 1.
    """

    score: float
    themes: tuple[str, ...] = ()
    copied: bool = False
    words: float = 0.0

    @property
    def near(self) -> bool:
        return self.score >= NEAR

    @property
    def rank(self) -> float:
        """The same theme, place and day comes before the same theme alone; the score cannot tell these."""
        return self.score + SAME_WORDS * self.words

    @property
    def level(self) -> str:
        return "高度相近" if self.score >= SAME else "相近"


def likeness(one: Features, other: Features, weigh: Weigh = None) -> Likeness:
    """``weigh``: how much a pair or a piece of text of the one tells; without it all tell as much."""
    shared = {key: weight * other.themes[key] for key, weight in one.themes.items() if key in other.themes}
    theme = max(min(1.0, sum(shared.values())), PART_OF * _contained(one.named, other.named))
    pairs = _cosine(one.pairs, other.pairs, weigh)
    text = _copied(one.sketch, other.sketch, weigh)
    score = _combined(one, other, theme, pairs, text)
    leading = sorted(shared, key=lambda key: -shared[key])
    kept = tuple(key for key in leading if shared[key] >= max(0.15, shared[leading[0]] / 2))
    return Likeness(score, kept, text >= COPIED, pairs)


def _combined(one: Features, other: Features, theme: float, pairs: float, text: float) -> float:
    """Where both name a theme it decides; where one does not, the words and the text may speak for it."""
    by_theme = BY_THEME * theme + BY_PAIRS * pairs
    if one.named and other.named and theme < STRANGE:
        return by_theme
    by_words = max(BY_WORDS * pairs, BY_TEXT * text) + 0.1 * min(pairs, text)
    return min(1.0, max(by_theme, by_words))


def _contained(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and (one <= other or other <= one)


def _cosine(one: frozenset[str], other: frozenset[str], weigh: Weigh) -> float:
    shared = one & other
    if not shared:
        return 0.0
    return _weight(shared, weigh) / math.sqrt(_weight(one, weigh) * _weight(other, weigh))


def _weight(pairs: frozenset[str], weigh: Weigh) -> float:
    return float(len(pairs)) if weigh is None else sum(map(weigh.get, pairs, repeat(UNASKED)))


def _copied(one: frozenset[str], other: frozenset[str], weigh: Weigh) -> float:
    """How much of the text is the same; what many texts say alike counts little."""
    shared = one & other
    if not shared:
        return 0.0
    return _weight(shared, weigh) / max(_weight(one, weigh), _weight(other, weigh))


def reasons(found: Likeness, title: str, other_title: str) -> str:
    """Why they are near, for a person: the themes, or the words that both titles have, or the same text."""
    names = "、".join(lexicon().themes[key].name for key in found.themes[:3])
    if names:
        words = f"主题{'相同' if found.score >= SAME else '相近'}：{names}"
    else:
        words = _common_words(title, other_title)
    return "，".join(part for part in (words, "活动内容大段相同" if found.copied else "") if part)


def _common_words(title: str, other_title: str) -> str:
    one, other = (
        "|".join(piece.text for piece in lexicon().pieces(plain(text))) for text in (title, other_title)
    )
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    common = [part for block in blocks for part in one[block.a : block.a + block.size].split("|")]
    longest = sorted((part for part in common if len(part) > 1), key=len, reverse=True)[:2]
    return "名称都有" + "".join(f"“{part}”" for part in longest) if longest else ""
