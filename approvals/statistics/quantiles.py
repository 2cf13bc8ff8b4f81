"""Quantiles of counted whole numbers, without listing every one of them."""

from __future__ import annotations

from collections.abc import Mapping


def nearest_rank(counted: Mapping[int, int], share: float) -> int | None:
    """The least number that at least ``share`` (0 < share ≤ 1) of all do not exceed; None of nothing.

    ``counted`` maps a number to how often it occurs. 0.5 is the median (the lower one of two).
    """
    total = sum(counted.values())
    if not total:
        return None
    seen = 0
    for number in sorted(counted):
        seen += counted[number]
        if seen >= share * total:
            return number
    raise ValueError(share)
