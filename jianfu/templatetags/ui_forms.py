"""Forms: error summary, acts with their reasons, opinion with 常用语, parts of a long form, files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms, template
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet

from .ui_flow import read

register = template.Library()

NOTE_LIMIT = 500


@register.filter
def is_tick(field: BoundField) -> bool:
    """One box to tick: its label stands behind it, not above."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.simple_tag
def error_prefix(*sources: Any) -> str:
    """「错误：」 at the head of the page title when any of the forms was refused."""
    return "错误：" if any(_lines(sources)) else ""


@register.inclusion_tag("components/error_summary.html")
def error_summary(*sources: Any) -> dict[str, Any]:
    """Every error of the given forms, formsets and lists of forms, in order, each leading to its field."""
    return {"lines": list(_lines(sources))}


def _lines(sources: Iterable[Any]) -> Iterator[dict[str, str]]:
    for source in sources:
        if isinstance(source, BaseFormSet):
            yield from _formset_lines(source)
        elif isinstance(source, list):
            yield from _lines(source)
        elif isinstance(source, BaseForm) and source.is_bound:
            yield from _form_lines(source)


def _formset_lines(formset: BaseFormSet) -> Iterator[dict[str, str]]:
    if not formset.is_bound:
        return
    yield from ({"target": "", "words": str(error)} for error in formset.non_form_errors())
    for position, form in enumerate(formset.forms, start=1):
        for line in _form_lines(form):
            yield {"target": line["target"], "words": f"第 {position} 行：{line['words']}"}


def _form_lines(form: BaseForm) -> Iterator[dict[str, str]]:
    yield from ({"target": "", "words": str(error)} for error in form.non_field_errors())
    for field in form:
        yield from ({"target": _target(field), "words": str(error)} for error in field.errors)


def _target(field: BoundField) -> str:
    """The id to go to; of a group of choices, the first choice."""
    if field.is_hidden:
        return ""
    return field.id_for_label or (f"{field.auto_id}_0" if field.use_fieldset else "")


@register.inclusion_tag("components/action_bar.html")
def action_bar(options: Iterable[Any]) -> dict[str, Any]:
    """Acts: `kernel.workflow.Option`, or name, label, url, tone (primary, plain, danger), allowed, reason."""
    acts = [_act(option, position) for position, option in enumerate(options)]
    return {"acts": acts, "refused": [act for act in acts if not act["allowed"]]}


def _act(option: Any, position: int) -> dict[str, Any]:
    decision = read(option, "decision", None)
    row = read(option, "transition", None) or option
    allowed = bool(decision) if decision is not None else bool(read(option, "allowed", default=True))
    return {
        "id": f"act-{position}-why",
        "name": read(row, "name"),
        "label": read(row, "label"),
        "url": read(option, "url"),
        "tone": read(row, "tone") or "plain",
        "allowed": allowed,
        "reason": decision.text if decision is not None else read(option, "reason"),
    }


@register.inclusion_tag("components/opinion_box.html")
def opinion_box(
    label: str = "意见",
    *,
    name: str = "note",
    value: str = "",
    phrases: Iterable[str] = (),
    error: str = "",
    required: bool = False,
    limit: int = NOTE_LIMIT,
) -> dict[str, Any]:
    """The opinion of whoever acts; ``value`` is what was typed or the sentence offered (拟同意。)."""
    return {
        "field_id": f"id_{name}",
        "name": name,
        "label": label,
        "value": value,
        "phrases": list(phrases),
        "error": error,
        "required": required,
        "limit": limit,
    }


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Iterable[Any]) -> dict[str, Any]:
    """Tasks: label, url (none: not yet possible), state in words, tone (none for 已完成), hint."""
    return {"tasks": tasks}


@register.inclusion_tag("components/attachments.html", takes_context=True)
def attachments(context: template.Context, files: Iterable[Any], empty: str = "没有附件") -> dict[str, Any]:
    """Files: name, url, size in bytes, kind, when, who, remove_url (only where removing is allowed)."""
    return {"files": list(files), "empty": empty, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/autosave_status.html")
def autosave_status(saved_at: Any = None) -> dict[str, Any]:
    """Where autosave.js says 「10:42 已自动保存」; ``saved_at`` is the last time, if any."""
    return {"saved_at": saved_at}
