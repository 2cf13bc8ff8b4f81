"""The labelled pairs of themes.json, and how well they are told apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from approvals.themes import features, likeness

PLACE = Path(__file__).with_name("themes.json")
SETS = ("tuning", "held_out", "published")


@dataclass(frozen=True)
class Judged:
    """Pairs rightly called near, wrongly called near, and missed."""

    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed))

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}, recall {self.recall:.3f} of {self.right + len(self.missed)}"


@dataclass(frozen=True)
class Wording:
    """One side of a pair."""

    title: str
    content: str


Judge = Callable[[Wording, Wording], bool]


def by_theme(one: Wording, other: Wording) -> bool:
    return likeness(features(one.title, one.content), features(other.title, other.content)).near


def by_equal_words(one: Wording, other: Wording) -> bool:
    """What a search for equal words finds: a third of the pairs of characters in common."""
    first, second = (
        {text[n : n + 2] for text in (side.title, side.content) for n in range(len(text) - 1)}
        for side in (one, other)
    )
    return len(first & second) * 3 >= len(first | second) > 0


def judge(name: str, near: Judge = by_theme) -> Judged:
    right, wrong, missed = 0, [], []
    for one, other, label, *contents in json.loads(PLACE.read_text(encoding="utf-8"))[name]:
        content, other_content = contents or ("", "")
        found = near(Wording(one, content), Wording(other, other_content))
        right += found and label
        if found != bool(label):
            (wrong if found else missed).append(f"{one}｜{other}")
    return Judged(right, tuple(wrong), tuple(missed))
