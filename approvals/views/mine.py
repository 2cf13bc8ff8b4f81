"""我的申请: what a department has applied for, and how to begin."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from approvals import handling, parts, permissions, services
from approvals.holders import Holders
from approvals.models import Application
from approvals.progress import stages, tone
from approvals.roads import choices
from approvals.states import EDITABLE, Road, State
from jianfu.kernel import dates
from jianfu.kernel.decisions import require
from jianfu.organisations.selectors import work_calendar

PAGE = 20


@login_required
def application_mine(request: HttpRequest) -> HttpResponse:
    require(permissions.may_apply(request.user))
    rows = (
        Application.objects.of_applicant(request.user)
        .for_list()
        .prefetch_related("bases", "attachments", "steps__person")
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    holders, today = Holders(request.user.district_id, dates.today()), dates.today()
    urged, done = handling.counts(page), handling.urged_today(page, today)
    lines = [
        {**_line(row, holders, today), "urged": urged.get(row.pk, 0), "urged_today": row.pk in done}
        for row in page
    ]
    context = {"page": page, "lines": lines, "year": today.year}
    return render(request, "approvals/mine.html", context)


def _line(row: Application, holders: Holders, today: Any) -> dict[str, Any]:
    returned = next((s for s in row.steps.all() if s.transition == "return_"), None)
    remaining = work_calendar().remaining(row.due_on, today) if row.due_on else None
    done = [p for p in parts.progress(row, today, alone=True) if p.done] if row.state == State.DRAFTED else []
    return {
        "row": row,
        "tone": tone(row.state),
        "stages": stages(row),
        "holder": holders.of(row),
        "remaining": remaining,
        "wants_urging": handling.wants_urging(row, remaining, today),
        "reason": returned.note if returned and row.state == State.RETURNED else "",
        "draft": row.state == State.DRAFTED,
        "editable": row.state in EDITABLE,
        "done": len(done),
        "total": len(parts.parts_of(row.road)),
    }


@login_required
def application_new(request: HttpRequest) -> HttpResponse:
    """办什么事: one click on a road makes a draft with what is known; the form saves itself from then on."""
    require(permissions.may_apply(request.user))
    road = request.POST.get("road", "")
    if request.method == "POST" and road in Road.values:
        unit = permissions.applying_unit(request.user)
        draft = services.open_draft(by=request.user, organisation=unit, road=road)
        return redirect("approvals:application_form", draft.pk)
    said = "没有选办什么事，点一项右边的“开始填写”" if request.method == "POST" else ""
    groups = choices(request.user.district_id, dates.today())
    return render(request, "approvals/new.html", {"groups": groups, "said": said})


@login_required
@require_POST
def application_copy(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Application.objects.of_applicant(request.user)
    source = get_object_or_404(rows, pk=pk)
    draft = services.copy_of(application=source, by=request.user, year=dates.today().year)
    messages.success(request, f"已复制“{source}”，日期和承诺请重新填写")
    return redirect("approvals:application_form", draft.pk)


@login_required
@require_POST
def application_change(request: HttpRequest, pk: int) -> HttpResponse:
    """申请调整 of what is listed: the same road again, with the words that are there."""
    rows = Application.objects.of_applicant(request.user)
    source = get_object_or_404(rows, pk=pk)
    draft = services.change_of(application=source, by=request.user)
    messages.success(request, f"已为“{source}”准备调整申请，改好后提交。批准公布前，原来的事项照常有效")
    return redirect("approvals:application_form", draft.pk) if draft.state in EDITABLE else redirect(draft)


@login_required
def application_discard(request: HttpRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(Application.objects.of_applicant(request.user), pk=pk)
    if request.method == "POST":
        services.discard(application=application, by=request.user)
        messages.success(request, f"已删除草稿“{application}”")
        return redirect("approvals:application_mine")
    context = {
        "title": "删除草稿",
        "question": f"删除“{application}”？",
        "consequence": "草稿和它的附件都会删除，不能恢复。",
        "verb": "删除草稿",
        "tone": "danger",
        "cancel_url": reverse("approvals:application_form", args=[pk]),
    }
    return render(request, "components/confirm_page.html", context)
