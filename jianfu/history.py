"""Who changed what: the versions of one row, and any two of them side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from jianfu.kernel import dates, registry

UNINTERESTING = frozenset({"id", "version", "state_entered_at"})


@dataclass(frozen=True)
class Change:
    label: str
    old: str
    new: str


@login_required
def history(request: HttpRequest, model: str, pk: int) -> HttpResponse:
    """404 for a row that the person may not see, like every other page."""
    if model not in registry.historied:
        raise Http404
    entry = registry.historied[model]
    row = get_object_or_404(entry.visible_to(request.user), pk=pk)
    kept = row.history.select_related("history_user__person").order_by("-history_id")[:200]
    versions = [version for version in kept if entry.readable(request.user, version)]
    newer, older = _chosen(request, versions)
    context = {
        "entry": entry,
        "row": row,
        "versions": versions,
        "newer": newer,
        "older": older,
        "changes": [*changes(entry, older, newer), *_changed_beside(entry, row, older, newer)],
    }
    return render(request, "history/history.html", context)


def _chosen(request: HttpRequest, versions: list[Any]) -> tuple[Any, Any]:
    """The two versions asked for, newer first; the last two where none are."""
    by_id = {str(version.history_id): version for version in versions}
    asked = [by_id[key] for key in (request.GET.get("a"), request.GET.get("b")) if key in by_id]
    pair = sorted(asked, key=lambda v: v.history_id, reverse=True) if len(asked) == 2 else versions[:2]
    return (pair[0] if pair else None, pair[1] if len(pair) > 1 else None)


def changes(entry: registry.Historied, older: Any, newer: Any) -> list[Change]:
    """The fields that differ, with their Chinese names and the words a person reads."""
    if older is None or newer is None:
        return []
    hidden = UNINTERESTING | entry.hidden_fields
    return _differences(entry, entry.model, hidden, older, newer)


def _changed_beside(entry: registry.Historied, row: Any, older: Any, newer: Any) -> list[Change]:
    """The row written with this one, as it was at the two versions."""
    beside = entry.beside(row)
    if beside is None or older is None or newer is None:
        return []
    kept = beside.history.order_by("-history_id")
    then, now = (kept.filter(history_date__lte=v.history_date).first() for v in (older, newer))
    return (
        _differences(entry, type(beside), UNINTERESTING | {"application"}, then, now) if then and now else []
    )


def _differences(
    entry: registry.Historied, model: Any, hidden: frozenset[str], older: Any, newer: Any
) -> list[Change]:
    fields = [f for f in model._meta.concrete_fields if f.name not in hidden and _tracked(older, f)]
    pairs = [(field, *(_in_words(entry, version, field) for version in (older, newer))) for field in fields]
    return [Change(str(field.verbose_name), old, new) for field, old, new in pairs if old != new]


def _in_words(entry: registry.Historied, version: Any, field: Any) -> str:
    """A list of choices is a list of codes to everybody but the app that keeps it."""
    value = getattr(version, field.attname)
    return entry.words(field.name, value) if isinstance(value, list) and value else shown(version, field)


def _tracked(version: Any, field: Any) -> bool:
    return field.name in {f.name for f in version._meta.concrete_fields}


def shown(version: Any, field: Any) -> str:
    """A field's value in words: choices by label, relations by name, nothing as —."""
    value = getattr(version, field.attname)
    if value in (None, "", []):
        return "—"
    if field.is_relation:
        return str(getattr(version, field.name, None) or "—")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        value = timezone.localtime(value)
        return f"{dates.chinese_date(value)} {value:%H:%M}"
    return dates.chinese_date(value) if isinstance(value, date) else str(value)
