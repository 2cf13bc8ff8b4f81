"""导出中心: what was ordered, how far each is, and the file itself. Everybody sees their own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from jianfu.handouts.models import Handout
from jianfu.handouts.selectors import shown
from jianfu.handouts.services import line, ordering
from jianfu.handouts.states import KEPT_DAYS, PENDING
from jianfu.kernel.decisions import Refused
from jianfu.kernel.exchange import CONTENT_TYPES, hand_out

PAGE = 20


@login_required
@require_GET
def handout_list(request: HttpRequest) -> HttpResponse:
    _go_on()
    page = Paginator(Handout.objects.visible_to(request.user), PAGE).get_page(request.GET.get("page"))
    rows = [shown(handout, request.user) for handout in page]
    waiting = any(row.handout.is_pending for row in rows)
    context = {"page": page, "rows": rows, "waiting": waiting, "days": KEPT_DAYS}
    return render(request, "handouts/handout_list.html", context)


@login_required
@require_GET
def handout_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


def _page(request: HttpRequest, handout: Handout, refused: Refused | None = None) -> HttpResponse:
    context = {
        "row": shown(handout, request.user),
        "waiting": handout.is_pending,
        "lines": [{"target": "", "words": words} for words in refused.decision.reasons] if refused else [],
        "days": KEPT_DAYS,
    }
    return render(request, "handouts/handout_detail.html", context, status=409 if refused else 200)


def _find(request: HttpRequest, pk: int) -> Handout:
    """As it stands now: one whose process died says so, and one that waits is sent for."""
    _go_on()
    return get_object_or_404(Handout.objects.visible_to(request.user), pk=pk)


def _go_on() -> None:
    ordering.settle()
    line.call()


@login_required
@require_GET
def handout_state(request: HttpRequest, pk: int) -> JsonResponse:
    """For the progress bar: the same words as on the page."""
    row = shown(_find(request, pk), request.user)
    return JsonResponse({"state": row.handout.state, "words": row.words, "done": row.handout.done})


@login_required
@require_POST
def handout_act(request: HttpRequest, pk: int) -> HttpResponse:
    """取消、重新生成、删除文件。"""
    handout = _find(request, pk)
    acts: dict[str, Any] = {"cancel": ordering.cancel, "again": ordering.again, "discard": ordering.discard}
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        return redirect(handout)
    try:
        fresh = act(handout=handout, by=request.user)
    except Refused as refused:
        return _page(request, _find(request, pk), refused)
    if fresh.state not in PENDING:
        messages.success(request, f"{fresh.name}：{fresh.get_state_display()}")
    return redirect(fresh)


@login_required
@require_GET
def handout_file(request: HttpRequest, pk: int) -> HttpResponse:
    handout = _find(request, pk)
    try:
        file = ordering.take(handout=handout, by=request.user)
    except Refused as refused:
        return _page(request, handout, refused)
    answer = FileResponse(file, content_type=CONTENT_TYPES[handout.extension])
    hand_out(answer, handout.name)
    return answer
