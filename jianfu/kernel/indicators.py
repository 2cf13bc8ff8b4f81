"""Figures of the ledger, declared once: screen, Excel, PDF and public page read the same declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Measured:
    """What the records say: the number (None prints as —), and a word on what was counted."""

    value: int | None
    explanation: str = ""


@dataclass(frozen=True)
class Indicator:
    """``measure(district, year)`` counts; ``records_url(district, year)`` leads to the rows counted."""

    code: str
    name: str
    unit: str
    definition: str
    source: str
    measure: Callable[[Any, int], Measured]
    records_url: Callable[[Any, int], str] | None = None
    less_is_better: bool = True


INDICATORS: dict[str, Indicator] = {}


def declare(indicator: Indicator) -> Indicator:
    """Make an indicator known under its blank's code (requirements A9)."""
    if indicator.code in INDICATORS:
        raise ValueError(f"indicator {indicator.code} declared twice")
    INDICATORS[indicator.code] = indicator
    return indicator
