"""Policy as data with a source and a date.

A `Figure` is a number or text of a policy document, dated and cited, with the sources' value as default;
a district may set its own from a day on (``organisations.PolicyValue``), so that an old record is judged
by the figure of its day. A `Rule` is a citable check; what it finds is a `Finding`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Figure:
    """A dated value: ``unit`` in Chinese, ``clause`` the place in ``document`` that says so."""

    code: str
    title: str
    value: Any
    unit: str
    clause: str
    document: str
    effective_from: date
    verified: bool = True  # False: shown as 待核实


FIGURES: dict[str, Figure] = {}

# (district_id, code, day) -> the district's own value or None; installed by jianfu.organisations.
Override = Callable[[int | None, str, date], Any]
_override: list[Override] = [lambda _district, _code, _day: None]


def declare(figure: Figure) -> Figure:
    """Make a figure known; its code is unique in the whole program."""
    if FIGURES.setdefault(figure.code, figure) is not figure and FIGURES[figure.code] != figure:
        raise ValueError(f"figure {figure.code} declared twice")
    return figure


def install_overrides(lookup: Override) -> None:
    _override[:] = [lookup]


def figure_value(figure: Figure | str, district_id: int | None, on: date) -> Any:
    """The value in force for the district on the day; of the type of the declared default."""
    declared = FIGURES[figure] if isinstance(figure, str) else figure
    own = _override[0](district_id, declared.code, on)
    return declared.value if own is None else type(declared.value)(own)


class Severity(StrEnum):
    BLOCK = "block"  # 拦截
    WARN = "warn"  # 提示


@dataclass(frozen=True)
class Rule:
    """``check(facts)`` returns the sentence that tells what is wrong, or None. Facts are plain values."""

    code: str
    title: str
    clause: str
    check: Callable[[Mapping[str, Any]], str | None]
    severity: Severity = Severity.BLOCK
    field: str = ""  # the form field the sentence belongs to


@dataclass(frozen=True)
class Finding:
    rule: Rule
    message: str

    def __str__(self) -> str:
        return f"{self.message}（{self.rule.code}，{self.rule.clause}）"


def examine(rules: tuple[Rule, ...], facts: Mapping[str, Any]) -> list[Finding]:
    """Every rule that has something to say about the facts, in the order of the rules."""
    said = ((rule, rule.check(facts)) for rule in rules)
    return [Finding(rule, message) for rule, message in said if message]
