"""Lists: search and filter, sorting, pages, tabs, figures on top, nothing found, acts on many rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jianfu.kernel import registry

from .ui_flow import read

register = template.Library()

LONG_TEXT = 36  # characters; beyond it two lines of a cell are not enough


def _query(context: template.Context) -> QueryDict:
    request = context.get("request")
    return request.GET.copy() if request else QueryDict(mutable=True)


def _with(context: template.Context, **changes: Any) -> str:
    """The address of this list with some parameters changed; None takes one away."""
    query = _query(context)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """``?`` and the present parameters with the given ones changed: for links that keep the filter."""
    return _with(context, **changes)


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page, name: str = "page") -> dict[str, Any]:
    """共 64 条，第 1/2 页, keeping search, filter and sorting."""
    answer = {"page": page, "first_url": _with(context, **{name: None})}
    if page.has_previous():
        answer["previous_url"] = _with(context, **{name: page.previous_page_number()})
    if page.has_next():
        answer["next_url"] = _with(context, **{name: page.next_page_number()})
        answer["last_url"] = _with(context, **{name: page.paginator.num_pages})
    return answer


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(
    context: template.Context, label: str, key: str, css: str = "", name: str = "sort"
) -> dict[str, Any]:
    """A column head that sorts by ``key``, then by ``-key``; a new order begins on the first page."""
    now = _query(context).get(name, "")
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    following = f"-{key}" if now == key else key
    return {
        "label": label,
        "css": css,
        "direction": direction,
        "url": _with(context, **{name: following, "page": None}),
    }


@register.inclusion_tag("components/filter_line.html", takes_context=True)
def filter_line(
    context: template.Context, form: BaseForm, search_label: str = "查找和筛选", keep: str = "tab sort"
) -> dict[str, Any]:
    """A GET form as one line with 查询, and a removable chip for each filter in use.

    ``keep`` names the parameters that a new search takes along (the tab, the order).
    """
    query = _query(context)
    chips = [
        {"label": f"{field.label}：{_shown(field, query[field.html_name])}", "url": _without(context, field)}
        for field in form.visible_fields()
        if query.get(field.html_name)
    ]
    clear = _with(context, page=None, **{field.html_name: None for field in form.visible_fields()})
    kept = [(name, query[name]) for name in keep.split() if query.get(name) and name not in form.fields]
    return {"form": form, "chips": chips, "reset_url": clear, "keep": kept, "search_label": search_label}


def _without(context: template.Context, field: BoundField) -> str:
    return _with(context, page=None, **{field.html_name: None})


def _shown(field: BoundField, value: str) -> str:
    """The words of a choice, 是 of a ticked box, and what was typed of anything else."""
    for key, label in getattr(field.field, "choices", ()):
        if str(key) == value:
            return str(label)
    return "是" if value == "on" else value[:30]


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[Any], label: str = "分类") -> dict[str, Any]:
    """Items: label, url, active, count (None for no number)."""
    shown = [{key: read(item, key, None) for key in ("label", "url", "active", "count")} for item in items]
    return {"tabs": shown, "label": label}


@register.inclusion_tag("components/tabs.html", takes_context=True)
def analysis_tabs(context: template.Context) -> dict[str, Any]:
    """The pages behind 统计分析 that the reader may open."""
    request = context["request"]
    entries = sorted(registry.analyses, key=lambda entry: entry.order)
    urls = [(entry.label, reverse(entry.url_name)) for entry in entries if entry.visible(request.user)]
    shown = [{"label": name, "url": url, "active": request.path == url, "count": None} for name, url in urls]
    return {"tabs": shown, "label": "统计分析"}


@register.inclusion_tag("components/kpi_tiles.html")
def kpi_tiles(tiles: Iterable[Any]) -> dict[str, Any]:
    """Tiles: value, label, tone (red, amber, green, grey or none), url."""
    return {"tiles": tiles}


@register.inclusion_tag("components/empty_state.html")
def empty_state(
    title: str,
    scope: str = "",
    action_url: str = "",
    action_label: str = "",
    second_url: str = "",
    second_label: str = "",
) -> dict[str, Any]:
    """What was looked for, where (scope), and the next thing to do."""
    return {
        "title": title,
        "scope": scope,
        "action_url": action_url,
        "action_label": action_label,
        "second_url": second_url,
        "second_label": second_label,
    }


@register.inclusion_tag("components/notice.html")
def notice(text: str, tone: str = "") -> dict[str, Any]:
    """A sentence that stands out: success, warning, error, or plain blue."""
    return {"text": text, "tone": tone}


@register.inclusion_tag("components/bulk_bar.html")
def bulk_bar(
    verb: str,
    *,
    name: str = "transition",
    value: str = "",
    tone: str = "primary",
    count: int = 0,
    opinion: bool = False,
    opinion_value: str = "",
    sums: Iterable[Any] = (),
) -> dict[str, Any]:
    """The line under ticked rows (checkboxes named chosen): 已选 20 项, totals, one opinion, one button."""
    return {
        "verb": verb,
        "name": name,
        "value": value,
        "tone": tone,
        "count": count,
        "opinion": opinion,
        "opinion_value": opinion_value,
        "sums": sums,
    }


@register.inclusion_tag("components/progress.html", takes_context=True)
def progress(
    context: template.Context,
    label: str,
    done: int,
    total: int,
    words: str = "",
    cancel_url: str = "",
    state_url: str = "",
    state: str = "",
    *,
    bare: bool = False,
) -> dict[str, Any]:
    """A long job by its true count, in ``words`` where they say more; never a spinner without a number.

    ``bare``: its label stands beside it already.
    """
    return {
        "label": label,
        "done": done,
        "total": total,
        "words": words or f"已完成 {done:,}/{total:,}",
        "cancel_url": cancel_url,
        "state_url": state_url,
        "bare": bare,
        "state": state,
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def clamp(text: Any, limit: int = LONG_TEXT) -> SafeString:
    """Long text in a cell: two lines, the whole on click or Enter, all of it in print."""
    words = "" if text is None else str(text)
    shown = linebreaksbr(words, autoescape=True)
    if len(words) <= limit and "\n" not in words:
        return shown
    return format_html('<details class="clamp"><summary>{}</summary></details>', shown)
