"""Policy as data with a source and a date.

A `Figure` is a number or text of a policy document, dated and cited, with the sources' value as default;
a district may set its own from a day on (``organisations.PolicyValue``), so that an old record is judged
by the figure of its day. A `Rule` is a citable check; what it finds is a `Finding`. How hard a declared rule
judges (拦截, 提示, 不查) is such a figure too: ``<code>-SEVERITY``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from .clauses import worded


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
    choices: tuple[str, ...] = ()  # what a text may be; empty: anything
    read: Callable[[str], Any] | None = None  # text of a district → value, ValueError where it is none
    form: str = ""  # what a text must look like, in words, where ``read`` is given

    def of_text(self, text: str) -> Any:
        """The value that a district wrote down. Raises ValueError with Chinese words."""
        if self.choices and text not in self.choices:
            raise ValueError(f"填写{'、'.join(self.choices[:-1])}或{self.choices[-1]}")
        try:
            return (self.read or type(self.value))(text)
        except ValueError:
            kind = self.form or ("整数" if isinstance(self.value, int) else "数值")
            raise ValueError(f"填写{kind}，如 {self.in_words(self.value)}") from None

    def in_words(self, value: Any) -> str:
        """A value of this figure with its unit: 14 天, 7、12 月, 拦截."""
        text = "、".join(str(each) for each in value) if isinstance(value, tuple) else str(value)
        return f"{text} {self.unit}".strip()


FIGURES: dict[str, Figure] = {}
SEVERITY_SUFFIX = "-SEVERITY"

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
    return declared.value if own is None else declared.of_text(own)


class Severity(StrEnum):
    BLOCK = "block"
    WARN = "warn"
    OFF = "off"

    @property
    def label(self) -> str:
        return _SEVERITY_LABELS[self]


_SEVERITY_LABELS = {Severity.BLOCK: "拦截", Severity.WARN: "提示", Severity.OFF: "不查"}


@dataclass(frozen=True)
class Mark:
    """Words of a field that a finding points at: ``start`` and ``end`` are offsets into its text."""

    field: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Said:
    """What a check says when it can point at the words that made it speak."""

    message: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Rule:
    """``check(facts)`` returns what is wrong, or None. Facts are plain values, and the value in force of
    each of ``figures`` under its code. ``severity`` is the sources' default of a declared rule.
    """

    code: str
    title: str
    clause: str
    check: Callable[[Mapping[str, Any]], str | Said | None]
    severity: Severity = Severity.BLOCK
    field: str = ""  # the form field the sentence belongs to
    figures: tuple[Figure, ...] = ()
    quote: str = ""  # the words of the clause

    @property
    def switch(self) -> str:
        """The code of the figure that says how hard the rule judges."""
        return f"{self.code}{SEVERITY_SUFFIX}"


def declare_rule(rule: Rule, document: str, since: date, *, verified: bool = True) -> Rule:
    """Let districts say from a day on how hard a rule judges: 拦截, 提示 or 不查."""
    declare(
        Figure(
            rule.switch,
            f"{rule.title}：核对力度",
            rule.severity.label,
            "",
            rule.clause,
            document,
            since,
            verified,
            choices=tuple(_SEVERITY_LABELS.values()),
        )
    )
    return rule


def severity_of(rule: Rule, district_id: int | None, on: date) -> Severity:
    """The severity in force for the district on the day."""
    if rule.switch not in FIGURES:
        return rule.severity
    label = figure_value(rule.switch, district_id, on)
    return next(severity for severity, words in _SEVERITY_LABELS.items() if words == label)


@dataclass(frozen=True)
class Finding:
    """What a rule found, with the severity and the values of its figures that were in force."""

    rule: Rule
    message: str
    severity: Severity = Severity.BLOCK
    marks: tuple[Mark, ...] = ()
    values: tuple[tuple[Figure, Any], ...] = ()

    @property
    def blocks(self) -> bool:
        return self.severity is Severity.BLOCK

    @property
    def fields(self) -> tuple[str, ...]:
        """The form fields it belongs to: those of its marked words, else the rule's own."""
        return tuple(dict.fromkeys(mark.field for mark in self.marks)) or (self.rule.field,)

    def __str__(self) -> str:
        return f"{self.message}（{self.rule.code}，{worded(self.rule.clause)}）"


def examine(
    rules: Iterable[Rule],
    facts: Mapping[str, Any],
    *,
    district_id: int | None = None,
    on: date | None = None,
) -> list[Finding]:
    """Every rule that is not switched off and has something to say about the facts, in the rules' order.

    Without ``on`` the sources' own figures and severities hold.
    """
    found = []
    for rule in rules:
        severity = rule.severity if on is None else severity_of(rule, district_id, on)
        if severity is Severity.OFF:
            continue
        values = tuple((f, f.value if on is None else figure_value(f, district_id, on)) for f in rule.figures)
        said = rule.check({**facts, **{figure.code: value for figure, value in values}} if values else facts)
        if said:
            told = Said(said) if isinstance(said, str) else said
            found.append(Finding(rule, told.message, severity, told.marks, values))
    return found
