"""The labelled pairs of themes.json, and how well they are told apart."""

from __future__ import annotations

import json
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
        return self.right / (self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed))

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}, recall {self.recall:.3f} of {self.right + len(self.missed)}"


def judge(name: str) -> Judged:
    right, wrong, missed = 0, [], []
    for one, other, near, *contents in json.loads(PLACE.read_text(encoding="utf-8"))[name]:
        content, other_content = contents or ("", "")
        found = likeness(features(one, content), features(other, other_content)).near
        right += found and near
        if found != bool(near):
            (wrong if found else missed).append(f"{one}｜{other}")
    return Judged(right, tuple(wrong), tuple(missed))
