"""Public pages: the same bytes for everybody, kept by any cache, never a cookie.

A page of this kind does not look at who is reading, so a shared cache may keep it without ``Vary: Cookie``
and nobody's name can get into it. The one thing it takes from a cookie is the size of the letters; such an
answer is kept by the reader's own browser alone.

The process, too, keeps the pages it made, for as long as the district's stamp stands still, and answers with
them at the door (`whitelist.middleware`): a reader who asks again, or comes second, costs no page.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control, set_response_etag
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from jianfu.kernel import dates
from whitelist.kept import SIZE_COOKIE, Public, may_be_kept
from whitelist.stamps import EVERYWHERE, stamp

# A shared cache asks again after a second: a crowd costs one page a second, and a removal shows at once.
SHARED_SECONDS = 1

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Read only, with ETag, and Last-Modified where the view knows it (``response.changed_at``)."""

    @login_not_required
    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        code = kwargs.get("code", EVERYWHERE)
        known = stamp(code) if may_be_kept(request) else ""  # before the page is made
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            return render(request, "whitelist/not_found.html", status=404)
        if response.status_code == HTTPStatus.OK:
            passing = getattr(response, "passing", False)  # of which there is no end
            response.public = Public(code, "" if passing else known, _dated(request, response))
        return response

    return answer


def _dated(request: HttpRequest, response: HttpResponse) -> int | None:
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
    return modified


def _midnight() -> datetime:
    """What is on the list may change with the day alone."""
    return timezone.make_aware(datetime.combine(dates.today(), time.min))
