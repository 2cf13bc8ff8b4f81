"""Public pages: the same bytes for everybody, kept by any cache, never a cookie.

A page of this kind does not look at who is reading, so a shared cache may keep it without ``Vary: Cookie``
and nobody's name can get into it. The one thing it takes from a cookie is the size of the letters; such an
answer is kept by the reader's own browser alone.

The process, too, keeps the pages it made, for as long as the district's stamp stands still: a reader who asks
again, or comes second, costs no page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from jianfu.kernel import dates
from whitelist.stamps import stamp

# A shared cache asks again after a second: a crowd costs one page a second, and a removal shows at once.
SHARED_SECONDS = 1
SIZE_COOKIE = "type"
KEPT_SECONDS = 3_600
LARGEST = 200_000  # bytes of a page worth keeping in memory

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Read only, with ETag, and Last-Modified where the view knows it (``response.changed_at``)."""

    @login_not_required
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kept = Kept(request, kwargs.get("code", ""))
        page = kept.find()
        if page is None:
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                return render(request, "whitelist/not_found.html", status=404)
            if response.status_code != 200:
                return response
            page = Page(response.content, *_dated(request, response))
            kept.keep(page)
        return page.answer(request)

    return answer


@dataclass(frozen=True)
class Page:
    """A finished page: what is sent, and the moment (seconds) it last changed, where that is known."""

    content: bytes
    headers: dict[str, str]
    modified: int | None

    def answer(self, request: HttpRequest) -> HttpResponse:
        response = HttpResponse(self.content, headers=self.headers)
        return get_conditional_response(request, self.headers["ETag"], self.modified, response)


class Kept:
    """The place where this process keeps the page that was asked for.

    Kept are a district's pages that people turn through; not what somebody searched for, of which there is
    no end, and no workbooks.
    """

    def __init__(self, request: HttpRequest, code: str) -> None:
        self.stamp = stamp(code) if code and set(request.GET) <= {"page"} else ""
        size = request.COOKIES.get(SIZE_COOKIE, "")[:10]
        asked = f"{request.path}?{request.GET.get('page', '')[:10]} {size} {dates.today()}"
        self.key = f"whitelist.page.{hashlib.sha256(asked.encode()).hexdigest()}"

    def find(self) -> Page | None:
        found = cache.get(self.key) if self.stamp else None
        return found[1] if found and found[0] == self.stamp else None

    def keep(self, page: Page) -> None:
        if self.stamp and len(page.content) <= LARGEST:
            cache.set(self.key, (self.stamp, page), KEPT_SECONDS)


def _dated(request: HttpRequest, response: HttpResponse) -> tuple[dict[str, str], int | None]:
    """The headers by which others keep the page, and when it last changed."""
    if request.COOKIES.get(SIZE_COOKIE):
        patch_cache_control(response, private=True, max_age=0, must_revalidate=True)
    else:
        patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_SECONDS, must_revalidate=True)
    set_response_etag(response)
    changed_at: datetime | None = getattr(response, "changed_at", None)
    modified = int(max(changed_at, _midnight()).timestamp()) if changed_at else None
    if modified:
        response["Last-Modified"] = http_date(modified)
    return dict(response.headers), modified


def _midnight() -> datetime:
    """What is on the list may change with the day alone."""
    return timezone.make_aware(datetime.combine(dates.today(), time.min))
