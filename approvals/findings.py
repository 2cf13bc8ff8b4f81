"""规则核查: what the rules say of an application, as pages show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from jianfu.kernel.clauses import unnamed, worded
from jianfu.kernel.policy import Figure, Finding, Mark

from .columns import has, label_of, row_of

_AROUND = 14  # characters shown on either side of marked words
_TONES = {"block": "red", "warn": "amber"}


@dataclass(frozen=True)
class Piece:
    """A run of characters of an excerpt, marked or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Excerpt:
    """The words of one field around what a rule points at."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Shown:
    """One finding on a page."""

    code: str
    title: str
    clause: str
    quote: str
    message: str
    severity: str
    tone: str
    excerpts: tuple[Excerpt, ...]
    figures: tuple[str, ...]
    when: str = ""


def shown(found: Iterable[Finding], application: Any) -> list[Shown]:
    """The findings as pages show them; those that block come first."""
    rows = sorted(found, key=lambda finding: not finding.blocks)
    return [_shown(finding, application) for finding in rows]


def _shown(finding: Finding, application: Any, when: str = "") -> Shown:
    rule = finding.rule
    return Shown(
        rule.code,
        rule.title,
        worded(rule.clause),
        rule.quote,
        finding.message,
        finding.severity.label,
        _TONES[finding.severity],
        tuple(excerpts(finding.marks, application)),
        tuple(cited(figure, value) for figure, value in finding.values),
        when,
    )


def cited(figure: Figure, value: Any) -> str:
    """每校每学期进校园活动上限 6 项（《…》，待核实）; a district's own value says so."""
    notes = [figure.document, unnamed(figure.clause)]
    if value != figure.value:
        notes = ["本区参数"]
    if not figure.verified and "待核实" not in figure.clause:
        notes.append("待核实")
    return f"{figure.title} {figure.in_words(value)}（{'，'.join(note for note in notes if note)}）"


def excerpts(marks: Sequence[Mark], application: Any) -> Iterable[Excerpt]:
    """For each field, its marked words in what stands around them."""
    for field in dict.fromkeys(mark.field for mark in marks):
        text = _text(application, field)
        spans = sorted({(m.start, m.end) for m in marks if m.field == field and m.end <= len(text)})
        if spans:
            yield Excerpt(_label(application, field), tuple(_pieces(text, spans)))


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterable[Piece]:
    """Marked words with a little of their sentence; what lies between far ones is left out."""
    place = max(0, _opening(text, spans[0][0]))
    if place and text[place - 1] != "\n":
        yield Piece("…")
    for start, end in spans:
        if start < place:  # overlaps what was marked before
            continue
        between = text[place:start]
        if len(between) > 2 * _AROUND:
            between = f"{between[:_AROUND]}…{between[-_AROUND:]}"
        yield Piece(between)
        yield Piece(text[start:end], marked=True)
        place = end
    rest = re.split(r"[。！？；\n]", text[place:], maxsplit=1)[0]
    yield Piece(rest if len(rest) <= _AROUND else f"{rest[:_AROUND]}…")


def _opening(text: str, start: int) -> int:
    """Where the sentence of the words begins, or so many characters before them."""
    opening = max(text.rfind(sign, 0, start) for sign in "。！？；\n") + 1
    return max(opening, start - _AROUND)


def _text(application: Any, name: str) -> str:
    return str(getattr(row_of(application, name), name) or "") if has(application, name) else ""


def _label(application: Any, name: str) -> str:
    """What the road's form calls it, without the hint in brackets."""
    return label_of(application, name).split("（")[0]


# --- 提交时 and 今天 ----------------------------------------------------------------------------------------


def frozen(found: Iterable[Finding]) -> list[dict[str, str]]:
    """What is kept with a submission: which rules spoke, how hard, in which words."""
    return [
        {"code": f.rule.code, "title": f.rule.title, "clause": f.rule.clause,
         "severity": f.severity.value, "message": f.message}
        for f in found
    ]  # fmt: skip


def then_and_now(before: Sequence[dict[str, str]], now: Sequence[Finding], application: Any) -> list[Shown]:
    """Every rule that spoke when it was handed in or speaks today, and which of both."""
    then = {row["code"] for row in before}
    rows = [
        _shown(finding, application, "提交时已有" if finding.rule.code in then else "提交后新出现")
        for finding in sorted(now, key=lambda finding: not finding.blocks)
    ]
    today = {finding.rule.code for finding in now}
    return [*rows, *(_past(row, "今天已没有这个问题") for row in before if row["code"] not in today)]


def recorded(before: Sequence[dict[str, str]]) -> list[Shown]:
    """What the rules said when it was handed in, where nothing is left to decide."""
    return [_past(row, "") for row in before]


def _past(row: dict[str, str], when: str) -> Shown:
    clause = worded(row["clause"])
    return Shown(row["code"], row["title"], clause, "", row["message"], "提交时", "grey", (), (), when)
