"""What every page shows: the top bar with its counts, the person's name, the size of the letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from jianfu.audit.selectors import Memory
from jianfu.kernel import dates, registry

LARGE = "large"


@dataclass(frozen=True)
class Shown:
    """One entry of the bar as the template prints it."""

    label: str
    url: str
    active: bool
    badge: int
    phone: bool


def house(request: HttpRequest) -> dict[str, Any]:
    """The bar is worked out where a page prints it: a public page must not ask who is reading."""
    return {
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "large_type": request.COOKIES.get("type") == LARGE,
    }


def _navigation(request: HttpRequest) -> list[Shown]:
    user = getattr(request, "user", None)
    if user is None:
        return []
    entries = sorted((e for e in registry.navigation if e.visible(user)), key=lambda entry: entry.order)
    urls = [reverse(entry.url_name) for entry in entries]
    above = [url for url in urls if request.path == url or (url != "/" and request.path.startswith(url))]
    # /ledger/secondments/ lies below /ledger/ too: the nearest counts
    here = _analyses(request.path, urls) or max(above, key=len, default=None)
    return [_shown(entry, url, url == here, request) for entry, url in zip(entries, urls, strict=True)]


def _analyses(path: str, urls: list[str]) -> str | None:
    """A tab of 统计分析 lies under that entry of the bar, whatever its address."""
    tabs = [reverse(entry.url_name) for entry in registry.analyses]
    if not any(path.startswith(url) for url in tabs):
        return None
    return next((url for url in urls if url in tabs), None)


def _shown(entry: registry.NavEntry, url: str, active: bool, request: HttpRequest) -> Shown:
    badge = todo_count(request) if entry.url_name == "desk" else 0
    return Shown(entry.label, url, active, badge, entry.phone)


def todo_count(request: HttpRequest) -> int:
    """How many matters wait for the person; counted again after an event in the district, or another day."""
    known: int | None = getattr(request, "_todo_count", None)
    if known is None:
        known = _counted(request)
        all_seen(request, known)
    return known


def all_seen(request: HttpRequest, number: int) -> None:
    """How many wait is known: the bar need not count them once more."""
    request._todo_count = number


def _counted(request: HttpRequest) -> int:
    if not any(registry.desks):
        return 0
    user, day = request.user, dates.today()
    return Memory.of(request).recall("todo", lambda: count_matters(user, day, "todo"))


def number_of(part: Any) -> int:
    """A number, or the keys of what is to be counted."""
    return part if isinstance(part, int) else int(part.count())


def count_matters(user: Any, day: date, tab: str) -> int:
    """How many matters of all apps stand in a tab of the 工作台."""
    counts = [getattr(share, f"{tab}_count") for share in registry.desks]
    found = [count(user, day) for count in counts if count]
    numbers = [part for part in found if isinstance(part, int)]
    keys = [part for part in found if not isinstance(part, int)]
    together = keys[0].union(*keys[1:], all=True)[: registry.MANY].count() if keys else 0
    return sum(numbers) + int(together)
