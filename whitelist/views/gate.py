"""核验 for whoever stands at a school gate: no sign-in, one page of a phone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control

from jianfu.kernel import dates
from jianfu.kernel.attempts import Limit
from jianfu.kernel.exchange import visitor_address
from jianfu.kernel.verification import grouped
from jianfu.organisations.selectors import districts
from whitelist.gate import Answer, Asked, answers_of, read, unknown

from .caching import public_page

MISSES = Limit("gate.miss", 60)


@public_page
def ask(request: HttpRequest) -> HttpResponse:
    """Where a number or code is typed; what was typed has an address of its own."""
    typed = request.GET.get("q", "").strip()
    if not typed:
        return render(request, "whitelist/gate_ask.html", {"district": _only_district()})
    asked = read(typed)
    if asked is None:
        return _not_found(request, None, typed)
    return redirect("gate:answer", asked.text)


@public_page
def answer(request: HttpRequest, asked: str, code: str = "") -> HttpResponse:
    """``code`` is the district, where several have that number."""
    wanted = read(asked)
    if wanted is None:
        return _not_found(request, None, asked)
    if wanted.text != asked:
        return redirect("gate:answer", wanted.text)
    found = [each for each in answers_of(wanted, dates.today()) if code in ("", each.district.code)]
    if not found:
        return _not_found(request, wanted, asked)
    if len(found) > 1:
        return render(request, "whitelist/gate_choose.html", {"answers": found, "asked": asked})
    return _page(request, found[0], wanted, asked)


def _page(
    request: HttpRequest, found: Answer, asked: Asked | None, typed: str, status: int = 200
) -> HttpResponse:
    context = {
        "answer": found,
        "district": found.district or _only_district(),
        "by_code": bool(asked and asked.is_code),
        "typed": grouped(typed) if asked and asked.is_code else typed[:30],
        "day": dates.today(),
        "now": dates.now(),
    }
    response = render(request, "whitelist/gate_answer.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _not_found(request: HttpRequest, asked: Asked | None, typed: str) -> HttpResponse:
    """Counted for the place it came from, which nobody remembers: who tries out codes is asked to wait."""
    if MISSES.count(visitor_address(request)):
        response = _page(request, unknown(asked), asked, typed, status=404)
    else:
        response = render(request, "whitelist/gate_wait.html", {"district": _only_district()}, status=429)
    patch_cache_control(response, no_store=True)
    return response


def _only_district() -> Any:
    """Whom to call where the answer belongs to no district: the one there is."""
    found = list(districts()[:2])
    return found[0] if len(found) == 1 else None
