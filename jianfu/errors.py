"""Error pages: each says what is wrong and the way out, in Chinese, with the right status."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from jianfu.kernel.decisions import Decision
from jianfu.kernel.exchange import typed_words


def _page(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    return render(request, f"errors/{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, 400)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, 404)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _page(request, 403)


def refused(request: HttpRequest, decision: Decision) -> HttpResponse:
    return _page(request, 403, decision=decision)


def conflict(request: HttpRequest, decision: Decision) -> HttpResponse:
    return _page(request, 409, decision=decision)


def not_opened_directly(request: HttpRequest, allowed: str) -> HttpResponse:
    answer = _page(request, 405)
    answer.headers["Allow"] = allowed
    return answer


def server_error(_request: HttpRequest) -> HttpResponse:
    """Rendered without context processors: whatever broke may break them too."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _page(request, 403, csrf=True, typed=typed_words(request))


def signed_out(request: HttpRequest) -> HttpResponse:
    """A form sent after the session ended; Django would go to the sign-in, and what was typed be gone."""
    back = urlsplit(request.headers.get("Referer", "")).path or request.path
    return _page(request, 401, typed=typed_words(request), back=back)


def gave_way(request: HttpRequest) -> HttpResponse:
    """Two acts waited for each other and the database ended this one."""
    answer = _page(request, 503, typed=typed_words(request))
    answer.headers["Retry-After"] = "1"
    return answer


def locked_out(request: HttpRequest, _credentials: Any = None, *_args: Any) -> HttpResponse:
    return _page(request, 429)
