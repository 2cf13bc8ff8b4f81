"""Two things measured against each other in one run: interleaved, medians, with the spread."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PAIRS = 7


@dataclass(frozen=True)
class Ratio:
    """``ours`` and ``anchor`` are median seconds; ``spread`` the quartiles of the pairs' ratios."""

    name: str
    anchor_name: str
    ours: float
    anchor: float
    spread: tuple[float, float]
    goal: str
    remark: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.anchor


def seconds(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def compare(
    name: str,
    ours: Callable[[], Any],
    anchor_name: str,
    anchor: Callable[[], Any],
    *,
    goal: str,
    remark: str = "",
    pairs: int = PAIRS,
) -> Ratio:
    """Both once to warm up, then in turn; whoever else uses the machine disturbs both alike."""
    ours()
    anchor()
    measured = [(seconds(ours), seconds(anchor)) for _ in range(pairs)]
    ratios = sorted(a / b for a, b in measured)
    quarter = len(ratios) // 4
    return Ratio(
        name=name,
        anchor_name=anchor_name,
        ours=statistics.median(a for a, _ in measured),
        anchor=statistics.median(b for _, b in measured),
        spread=(ratios[quarter], ratios[-1 - quarter]),
        goal=goal,
        remark=remark,
    )
