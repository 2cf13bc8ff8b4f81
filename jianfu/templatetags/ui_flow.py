"""A matter on its road: tags, lights, step bar, record, facts, experts' matrix, comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .ui_words import chinese_date

register = template.Library()

SAME = 512  # tags and lights: a list repeats a few of them in every line
TONES = frozenset({"grey", "blue", "amber", "red", "green", "purple"})


def read(item: Any, name: str, default: Any = "") -> Any:
    """One attribute of an object or one key of a dict, as the template engine would read it."""
    return item.get(name, default) if isinstance(item, dict) else getattr(item, name, default)


@register.simple_tag
@lru_cache(SAME, typed=True)
def status_tag(label: str, tone: str = "grey") -> SafeString:
    """A state as a small word: grey 未开始, blue 办理中, amber 临期, red 超期, green 已公布, purple 论证."""
    return format_html('<span class="tag tag-{}">{}</span>', tone if tone in TONES else "grey", label)


@register.simple_tag
def badge(count: int | None) -> SafeString:
    """How many matters wait behind an entry of the bar; nothing for none."""
    if not count:
        return SafeString("")
    shown = count if count < 100 else "99+"  # three digits do not fit
    return format_html(
        '<span class="badge"><span aria-hidden="true">{}</span>'
        '<span class="sr-only">，{} 项待办</span></span>',
        shown,
        count,
    )


@register.simple_tag
def light(remaining: Any, done: str = "") -> SafeString:
    """Time left by shape, colour and words; ``done`` are the words where no limit runs.

    ``remaining`` is a `kernel.calendar.Remaining` or None; its ``note`` says which days are counted.
    Written here and not in a template: it stands in every line of every list.
    """
    if remaining:
        return _light(remaining.light, remaining.note, remaining.due, remaining.words)
    return format_html('<span class="muted">{}</span>', done) if done else SafeString("")


@lru_cache(SAME, typed=True)
def _light(colour: str, note: str, due: Any, words: str) -> SafeString:
    return format_html(
        '<span class="light light-{}" title="{}，限 {}">{}</span>', colour, note, chinese_date(due), words
    )


@register.inclusion_tag("components/step_bar.html")
def step_bar(steps: Iterable[Any], label: str = "办理流程") -> dict[str, Any]:
    """Steps have label, state (done, current, todo, returned), when (day, moment or words) and who."""
    return {"steps": steps, "label": label}


@register.inclusion_tag("components/mini_steps.html")
def mini_steps(steps: Sequence[Any]) -> dict[str, Any]:
    """The same steps in one table cell: marks, and 区教委初审，第 3 步，共 6 步."""
    states = [read(step, "state") for step in steps]
    active = [n for n, state in enumerate(states) if state in {"current", "returned"}]
    finished = [n for n, state in enumerate(states) if state == "done"]
    at = (active or finished or [0])[-1]
    return {
        "steps": steps,
        "position": at + 1,
        "total": len(steps),
        "now": read(steps[at], "label") if steps else "",
    }


@register.inclusion_tag("components/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """Entries, newest first: label, who, organisation, when, note, tone (current, returned, quiet), took."""
    return {"entries": entries}


@register.inclusion_tag("components/descriptions.html")
def descriptions(rows: Iterable[Any], single: bool = False) -> dict[str, Any]:
    """Rows: (label, value), (label, value, wide) or objects with these names. No line stays half empty."""
    facts = [_fact(row) for row in rows]
    if not single:
        _fill_lines(facts)
    return {"rows": facts, "single": single}


def _fact(row: Any) -> dict[str, Any]:
    if isinstance(row, tuple | list):
        label, value, *wide = row
        return {"label": label, "value": value, "wide": bool(wide and wide[0])}
    return {"label": read(row, "label"), "value": read(row, "value"), "wide": bool(read(row, "wide"))}


def _fill_lines(facts: list[dict[str, Any]]) -> None:
    """A short fact whose right half would stay empty takes the whole line."""
    left: dict[str, Any] | None = None
    for fact in facts:
        if fact["wide"]:
            if left:
                left["wide"] = True
            left = None
        else:
            left = None if left else fact
    if left:
        left["wide"] = True


@register.inclusion_tag("components/expert_matrix.html")
def expert_matrix(
    experts: Iterable[Any],
    rows: Iterable[Any],
    conclusion: Iterable[str] = (),
    caption: str = "专家论证意见",
) -> dict[str, Any]:
    """Experts: name, organisation. Rows: label and cells, one per expert, each words or (judgement, note)."""
    table = [
        {"label": read(row, "label"), "cells": [_cell(cell) for cell in read(row, "cells", ())]}
        for row in rows
    ]
    return {"experts": experts, "rows": table, "conclusion": list(conclusion), "caption": caption}


def _cell(cell: Any) -> Any:
    if isinstance(cell, tuple | list):
        return {"judgement": cell[0], "note": cell[1]}
    return {"judgement": cell, "note": ""} if isinstance(cell, str) else cell


@register.inclusion_tag("components/compare.html")
def compare(
    rows: Iterable[Any], old_title: str = "改动前", new_title: str = "改动后", caption: str = "前后对照"
) -> dict[str, Any]:
    """Rows have label, old, new; what differs is marked 改, in words and not by colour alone."""
    table = []
    for row in rows:
        old, new = read(row, "old"), read(row, "new")
        table.append({"label": read(row, "label"), "old": old, "new": new, "changed": old != new})
    return {"rows": table, "old_title": old_title, "new_title": new_title, "caption": caption}
