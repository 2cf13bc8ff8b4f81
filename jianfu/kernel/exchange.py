"""What pages read out of a request, and how they hand out a file: once for all apps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}
NO_VERSION = -1  # which no row has
MOST_TEXTS = 60
_CHINESE = re.compile("[\u4e00-\u9fff]")


def key_of(text: str) -> int | None:
    """A row's number as an address or a form names it; None for anything else (``²`` is a digit, too)."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def keys_of(texts: Iterable[str]) -> list[int]:
    """Those of the texts that are numbers of rows."""
    return [key for text in texts if (key := key_of(text)) is not None]


def version_in(data: Mapping[str, str]) -> int:
    """The version that the page showed; `NO_VERSION` where it was not sent as one."""
    key = key_of(data.get("version", ""))
    return NO_VERSION if key is None else key


def version_of(request: HttpRequest) -> int:
    return version_in(request.POST)


def typed_words(request: HttpRequest) -> list[str]:
    """What a person wrote into a form that could not be taken, to be copied out again; no password."""
    lists = [values for name, values in request.POST.lists() if "password" not in name]
    return [text.strip() for values in lists for text in values if _CHINESE.search(text)][:MOST_TEXTS]


def visitor_address(request: HttpRequest) -> str:
    """Where the request comes from: what attempts are counted by, at the sign-in and at an expert's link.

    X-Forwarded-For is written by whoever likes, so it is read from its end, and only as far as the proxies
    of this place (``JIANFU_PROXIES``) vouch for it: the last address that is none of theirs.
    """
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while told and _is_proxy(nearest):
        further = _address(told.pop())
        if further is None:
            break
        nearest = str(further)
    return nearest


def _is_proxy(text: str) -> bool:
    address = _address(text)
    return address is not None and any(address in network for network in settings.TRUSTED_PROXIES)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """None for what is no address; ``::ffff:10.0.0.1`` is 10.0.0.1."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def hand_out(answer: HttpResponse, name: str) -> HttpResponse:
    """As a download under ``name`` (with its extension), never shown in the browser's own window."""
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def file_answer(content: bytes, stem: str, extension: str, *, longest: int = 100) -> HttpResponse:
    """A made file of one of `CONTENT_TYPES`; a long name is cut, its extension never."""
    answer = HttpResponse(content, content_type=CONTENT_TYPES[extension])
    return hand_out(answer, f"{stem[:longest]}.{extension}")
