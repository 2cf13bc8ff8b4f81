"""Public pages that this process has made, kept as long as what they show stands still."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from jianfu.kernel import dates
from jianfu.kernel.verification import PLACE

from .stamps import stamp

SIZE_COOKIE = "type"
CLOCKED = PLACE  # the answer at a gate shows the minute, and is kept for that minute
SECONDS = 3_600
# What may stand in the address of a page that is kept; what is typed only empty, as a form sends it.
TURNED = frozenset({"page", "lead", "theme", "stage", "month"})
BLANK = frozenset({"q"})
SAID = ("Cache-Control", "ETag", "Last-Modified")
LARGEST = 200_000  # bytes of a page worth keeping in memory


class Public(NamedTuple):
    """What a public page says of itself: whose it is, the stamp before it was made, when it last changed.

    Without a stamp it is made anew for everybody.
    """

    code: str
    stamp: str
    modified: int | None


@dataclass(frozen=True)
class Page:
    """A finished page: what is sent, and the moment (seconds) it last changed, where that is known."""

    content: bytes
    headers: dict[str, str]
    modified: int | None

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page; 304 to whoever has it. What a 304 says is all that is written before that is known."""
        short = HttpResponse(headers={name: self.headers[name] for name in SAID if name in self.headers})
        answer = get_conditional_response(request, self.headers["ETag"], self.modified, short)
        return HttpResponse(self.content, headers=self.headers) if answer is short else answer


def may_be_kept(request: HttpRequest) -> bool:
    """Pages that people turn through, narrowed by one choice; not what somebody searched for, without end."""
    if not request.META.get("QUERY_STRING"):
        return True
    asked = {name for name, value in request.GET.items() if value}
    return set(request.GET) <= {*TURNED, *BLANK} and not asked & BLANK and len(asked - {"page"}) <= 1


def find(request: HttpRequest) -> Page | None:
    """The page as it was made before, unless something of its district was written meanwhile."""
    found: tuple[Public, Page] | None = cache.get(_key(request)) if may_be_kept(request) else None
    return found[1] if found and found[0].stamp == stamp(found[0].code) else None


def keep(request: HttpRequest, public: Public, page: Page) -> None:
    if public.stamp and len(page.content) <= LARGEST:
        cache.set(_key(request), (public, page), SECONDS)


def _key(request: HttpRequest) -> str:
    size = request.COOKIES.get(SIZE_COOKIE, "")[:10]
    moment = f"{dates.now():%F %R}" if request.path.startswith(CLOCKED) else dates.today()
    asked = f"{request.get_full_path()} {size} {moment} {_host(request)}"
    return f"whitelist.page.{hashlib.sha256(asked.encode(errors='replace')).hexdigest()}"


def _host(request: HttpRequest) -> str:
    """Part of a page only where this place was not told its own: a QR code then shows the visitor's."""
    return "" if settings.JIANFU_PUBLIC_URL else f"{request.scheme} {request.get_host()}"
