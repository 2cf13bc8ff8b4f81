"""What every page shows: the top bar with its counts, the person's name, the size of the letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

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
    here = max(
        above, key=len, default=None
    )  # /ledger/secondments/ lies below /ledger/ too: the nearest counts
    return [_shown(entry, url, url == here, request) for entry, url in zip(entries, urls, strict=True)]


def _shown(entry: registry.NavEntry, url: str, active: bool, request: HttpRequest) -> Shown:
    badge = todo_count(request) if entry.url_name == "desk" else 0
    return Shown(entry.label, url, active, badge, entry.phone)


def todo_count(request: HttpRequest) -> int:
    """How many matters wait for the person; counted once a request."""
    known: int | None = getattr(request, "_todo_count", None)
    if known is None:
        day = dates.today()
        known = sum(desk.todo_count(request.user, day) for desk in registry.desks)
        request._todo_count = known
    return known
