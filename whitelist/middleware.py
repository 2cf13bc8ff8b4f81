"""The door for the public: a page that stands still is answered before anything of the house is asked."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy

from . import kept

PLACES = (reverse_lazy("whitelist:public_list"), reverse_lazy("gate:ask"))  # all public pages lie below


class PublicPagesMiddleware:
    """Stands before everything that writes headers, so that a kept page has them all.

    Which pages are public is said by the views (`views.caching.public_page`), and by nothing here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        below = request.method in {"GET", "HEAD"} and request.path.startswith(tuple(map(str, PLACES)))
        page = kept.find(request) if below else None
        if page is None:
            response = self.get_response(request)
            public: kept.Public | None = getattr(response, "public", None)
            if public is None or response.cookies:
                return response
            page = kept.Page(response.content, dict(response.headers), public.modified)
            kept.keep(request, public, page)
        return page.answer(request)
