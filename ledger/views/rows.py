"""One row of the form: filling it, reporting it, and the office's answer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Decision, Refused
from jianfu.kernel.exchange import version_of
from ledger.models import LedgerRow
from ledger.selectors.ledger import next_submitted
from ledger.services.filling import carry_over, report_row, save_row
from ledger.workflow import ROW

from . import filling
from .figures import clock

DONE = {
    "submit": "已报送台账汇总人",
    "recall": "已撤回，可以继续填写",
    "accept": "已审核通过",
    "return_": "已退回责任科室",
}


def find_row(request: HttpRequest, pk: int) -> LedgerRow:
    """A row of the person's own district, with all that its page prints; any other is a 404."""
    return get_object_or_404(LedgerRow.objects.visible_to(request.user).with_contents(), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def row_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the row, to be filled by who may; POST saves what was typed, and reports or copies."""
    row = find_row(request, pk)
    page = filling.build(row, request.user, dates.today(), request.POST if request.method == "POST" else None)
    if request.method == "GET" or not page.is_valid():
        return _shown(request, page)
    step = request.POST.get("step", "save")
    try:
        fresh = _save(request, row, page)
        if step == "copy":
            carry_over(row=fresh, by=request.user)
        if step == "submit":
            report_row(row=fresh, by=request.user)
    except Conflicted as conflict:
        page.conflict(conflict.decision)
        return _shown(request, page)
    except Refused as refused:
        return _saved_but_refused(request, pk, refused.decision)
    return _next(request, row, step)


def _shown(request: HttpRequest, page: filling.RowPage) -> HttpResponse:
    return render(request, "ledger/row_detail.html", page.context())


def _saved_but_refused(request: HttpRequest, pk: int, decision: Decision) -> HttpResponse:
    """The draft is kept, so the page goes on from the version and the state that it has now."""
    page = filling.build(find_row(request, pk), request.user, dates.today(), request.POST)
    page.refuse(decision)
    page.version = page.row.version
    return _shown(request, page)


def _save(request: HttpRequest, row: LedgerRow, page: filling.RowPage) -> LedgerRow:
    return save_row(
        row=row,
        by=request.user,
        entries=page.entries.inputs(),
        blanks=page.figures.inputs(),
        expected_version=page.version,
    )


def _next(request: HttpRequest, row: LedgerRow, step: str) -> HttpResponse:
    words = {
        "copy": f"已带出{row.ledger.year - 1}年的内容，核对后再报送",
        "submit": f"{row}，已报送台账汇总人",
    }
    messages.success(request, f"{words.get(step, '已保存')}，{clock()}")
    if step == "draft":
        return redirect("ledger:row_draft", row.pk)
    return redirect(row.ledger if step == "submit" else row)


@login_required
@require_POST
def row_autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as it stands; answers with the new version, or with the reason in words."""
    row = find_row(request, pk)
    page = filling.build(row, request.user, dates.today(), request.POST)
    if not page.is_valid():
        return JsonResponse({"message": "；".join(page.reasons()[:3])}, status=400)
    try:
        fresh = _save(request, row, page)
    except Refused as refused:
        return JsonResponse({"message": refused.decision.text}, status=409)
    return JsonResponse({"saved_at": clock(), "version": fresh.version})


@login_required
@require_POST
def row_act(request: HttpRequest, pk: int) -> HttpResponse:
    """审核通过、退回、撤回: and on to the next row that waits."""
    row = find_row(request, pk)
    name, note = request.POST.get("transition", ""), request.POST.get("note", "")
    if name not in DONE or name == "submit":
        return refused_page(request, row, filling.unknown_act(), note)
    try:
        version = version_of(request)
        ROW.perform(row, name, by=request.user, note=note, expected_version=version)
    except Refused as refused:
        return refused_page(request, row, refused.decision, note)
    messages.success(request, f"第 {row.number} 项{DONE[name]}，{clock()}")
    following = next_submitted(row) if name in {"accept", "return_"} else row
    return redirect(following or row.ledger)


def refused_page(request: HttpRequest, row: LedgerRow, decision: Decision, note: str = "") -> HttpResponse:
    page = filling.build(find_row(request, row.pk), request.user, dates.today(), None)
    page.refuse(decision, note=note)
    return _shown(request, page)
