"""An expert's way in without a password: the office hands out the slip, the expert presses once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from approvals import services
from approvals.middleware import HOURS, LINK
from approvals.models import Assignment, ExpertLink
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Decision, Refused, refuse
from jianfu.kernel.exchange import visitor_address
from jianfu.organisations.selectors import experts

MISSES, MINUTES = 20, 15
BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_required
@require_POST
@never_cache
def link_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip: shown in answer to the press and never again."""
    expert = get_object_or_404(experts(request.user.district_id, dates.today()), pk=pk)
    issued = services.issue_link(expert=expert, by=request.user)
    path = reverse("approvals:link_enter", args=[issued.secret])
    address = settings.JIANFU_ADDRESS.rstrip("/") or request.build_absolute_uri("/").rstrip("/")
    context = {
        "expert": expert,
        "link": issued.link,
        "address": address + path,
        "picture": segno.make_qr(address + path).svg_data_uri(scale=5, border=2),
        "owed": Assignment.objects.owed().filter(expert=expert).count(),
    }
    return _private(render(request, "approvals/link_slip.html", context))


@never_cache
@login_not_required
def link_enter(request: HttpRequest, secret: str) -> HttpResponse:
    """GET says whom the link lets in and uses nothing up: mail programs open every link. POST enters."""
    if _too_many(request):
        return _refused(request, _WAIT, status=429)
    link = ExpertLink.objects.filter(digest=services.digest_of(secret)).select_related("expert").first()
    decision = services.may_be_used(link)
    if decision and request.method == "POST":
        try:
            return _entered(request, services.use_link(secret=secret))
        except Refused as refused:
            decision = refused.decision
    if not decision:
        _missed(request, link, decision)
        return _refused(request, decision, status=403)
    owed = Assignment.objects.owed().filter(expert=link.expert).select_related("application")
    context = {"link": link, "titles": [str(row.application) for row in owed[:20]], "hours": HOURS}
    return _private(render(request, "approvals/link_enter.html", context))


def _entered(request: HttpRequest, user: Any) -> HttpResponse:
    login(request, user, backend=BACKEND)
    request.session[LINK] = (dates.now() + timedelta(hours=HOURS)).isoformat()
    return _private(redirect("approvals:opinion_list"))


def _refused(request: HttpRequest, decision: Decision, *, status: int) -> HttpResponse:
    page = render(request, "approvals/link_refused.html", {"decision": decision}, status=status)
    return _private(page)


def _private(answer: HttpResponse) -> HttpResponse:
    """The address is a key: it is told to no other page. (No Referer at all would fail the form's check.)"""
    answer["Referrer-Policy"] = "strict-origin"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _too_many(request: HttpRequest) -> bool:
    return int(cache.get(_key(request), 0)) >= MISSES


def _missed(request: HttpRequest, link: ExpertLink | None, decision: Decision) -> None:
    """What did not open is an event, and is counted for the place it came from."""
    key = _key(request)
    cache.add(key, 0, MINUTES * 60)
    cache.incr(key)
    trail.record(
        action="expert_link.refused",
        target=link.expert if link else None,
        note=decision.text,
        data={"link": link.pk if link else None},
    )


def _key(request: HttpRequest) -> str:
    return f"approvals.link.{visitor_address(request)}"


_WAIT = refuse(f"试错的次数太多，{MINUTES} 分钟后再打开链接，或打电话给发链接的领导小组办公室")
