"""Two things measured against each other in one run: interleaved, medians, with the spread."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Goal:
    """A bound of shared goals: on a ratio, on a ratio of speeds, or on what is measured itself."""

    kind: Literal["ratio", "speed", "plain", "none"]
    limit: float = 0.0
    unit: str = ""

    def __str__(self) -> str:
        if self.kind == "none":
            return "—"
        return f"{'≥' if self.kind == 'speed' else '≤'} {self.limit:g}{self.unit or 'x'}"


def ratio_up_to(limit: float) -> Goal:
    """So many times the anchor, at most."""
    return Goal("ratio", limit)


def speed_from(limit: float) -> Goal:
    """So many times as fast as the anchor, at least."""
    return Goal("speed", limit)


def plain_up_to(limit: float, unit: str) -> Goal:
    """Ours alone, in its own unit (ms, MB)."""
    return Goal("plain", limit, f" {unit}")


NO_GOAL = Goal("none")


@dataclass(frozen=True)
class Counted:
    """A number of queries, and how many they may be."""

    found: int
    limit: int

    def __str__(self) -> str:
        return f"{self.found} queries (≤ {self.limit})"


@dataclass(frozen=True)
class Measured:
    """One line of the table.

    ``ours`` and ``anchor`` are medians in ``unit``. ``ratio`` is the median of the pairs' ratios, ours to
    anchor, or anchor to ours where the goal is a speed; ``spread`` are the quartiles of the same.
    """

    name: str
    anchor_name: str
    ours: float
    anchor: float
    ratio: float
    spread: tuple[float, float]
    goal: Goal
    unit: str = "ms"
    remark: str = ""
    queries: Counted | None = None

    @property
    def met(self) -> bool | None:
        """Both the goal and the number of queries; None where there is neither."""
        verdicts = []
        if self.goal.kind == "speed":
            verdicts.append(self.ratio >= self.goal.limit)
        elif self.goal.kind != "none":
            verdicts.append((self.ours if self.goal.kind == "plain" else self.ratio) <= self.goal.limit)
        if self.queries:
            verdicts.append(self.queries.found <= self.queries.limit)
        return all(verdicts) if verdicts else None


@dataclass(frozen=True)
class Missing:
    """What cannot be measured here, and why."""

    name: str
    why: str


Result = Measured | Missing
Act = Callable[[], Any]


def compare(
    name: str,
    ours: Act,
    anchor_name: str,
    anchor: Act,
    *,
    goal: Goal,
    pairs: int,
    times: int = 1,
    warm: bool = True,
    **more: Any,
) -> Measured:
    """Both once to warm up, then in turn, ``times`` calls a turn; a busy machine disturbs both alike.

    What takes minutes is not warmed up.
    """
    if warm:
        ours()
        anchor()
    measured = [(_milliseconds(ours, times), _milliseconds(anchor, times)) for _ in range(pairs)]
    return measured_pairs(name, anchor_name, measured, goal=goal, **more)


def measured_pairs(
    name: str, anchor_name: str, pairs: list[tuple[float, float]], *, goal: Goal, **more: Any
) -> Measured:
    """The line for pairs of (ours, anchor), however they were taken."""
    speed = goal.kind == "speed"
    ratios = sorted(b / a if speed else a / b for a, b in pairs)
    quarter = len(ratios) // 4
    return Measured(
        name=name,
        anchor_name=anchor_name,
        ours=statistics.median(a for a, _ in pairs),
        anchor=statistics.median(b for _, b in pairs),
        ratio=statistics.median(ratios),
        spread=(ratios[quarter], ratios[-1 - quarter]),
        goal=goal,
        **more,
    )


def _milliseconds(act: Act, times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        act()
    return (time.perf_counter() - start) * 1000 / times
