"""Has anything that a district's public pages show changed? One value to ask, instead of making the page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import Subquery

from approvals.selectors import last_step
from jianfu.organisations.selectors import districts

from .models import Entry, Release

T = TypeVar("T")

KEPT_SECONDS = 3_600
# How long another process may still show what was just changed; this one forgets at once.
SECONDS = 1
# The stamp of a page that may show any district.
EVERYWHERE = "*"
_watched: list[Any] = [Entry, Release]


def watch(model: Any) -> None:
    """What public pages show of this tracked model moves every stamp."""
    if model not in _watched:
        _watched.append(model)


def stamp(code: str) -> str:
    """The stamp of the district's pages; empty for a district that does not exist. At most one query."""
    key = _key(code)
    known: str | None = cache.get(key)
    if known is None:
        known = _read(code)
        cache.set(key, known, SECONDS)
    return known


def remembered(code: str, name: str, make: Callable[[], T]) -> T:
    """What ``make`` said last of the district, until anything that its pages show is written."""
    key, now = f"whitelist.{name}.{code}", stamp(code)
    known: tuple[str, T] | None = cache.get(key)
    if known and known[0] == now:
        return known[1]
    found = make()
    cache.set(key, (now, found), KEPT_SECONDS)
    return found


def forget(code: str) -> None:
    """Something of the district was written."""
    cache.delete_many([_key(code), _key(EVERYWHERE)])


def _key(code: str) -> str:
    return f"whitelist.stamp.{code}"


def _read(code: str) -> str:
    """The district's own row, and the last step of approvals and row of what is watched that anybody wrote
    anywhere.

    A list of inspections is published, and grows by a single item, through steps alone.

    Not ``changed_at``: what is entered afterwards is dated back, and would not move it.
    """
    lasts = {f"last_{model._meta.model_name}": _last(model) for model in _watched}
    rows = districts().annotate(last_step=last_step(), **lasts)
    if code != EVERYWHERE:
        rows = rows.filter(code=code)
    found = list(rows.order_by("pk").values())
    return hashlib.sha256(repr(found).encode()).hexdigest() if found else ""


def _last(model: Any) -> Subquery:
    """Every write of a tracked row adds one to its history."""
    return Subquery(model.history.order_by("-history_id").values("history_id")[:1])
