"""Uploading a file, watching it being read, looking at what it would change, confirming."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianfu.kernel.decisions import Refused, require
from jianfu.kernel.exchange import version_of
from jianfu.kernel.intake import Plan, targets
from ledger.forms.intake import IntakeForm
from ledger.models import Intake
from ledger.permissions import intake as permissions
from ledger.services import intake as services
from ledger.services.intake_line import ahead_of
from ledger.states import IntakeState

PAGE = 200
WAITING = (IntakeState.WAITING, IntakeState.READING, IntakeState.WRITING)


def find_intake(request: HttpRequest, pk: int) -> Intake:
    """As it stands now: one whose process died, or whose day is over, has come to its end."""
    rows = Intake.objects.visible_to(request.user).select_related("uploaded_by__person", "district")
    return services.settle(get_object_or_404(rows, pk=pk))


@login_required
@require_http_methods(["GET", "POST"])
def intake_add(request: HttpRequest, purpose: str) -> HttpResponse:
    """``?about=`` says which one of several (a year)."""
    if purpose not in targets:
        raise Http404
    target, about = targets[purpose], request.GET.get("about", "")[:40]
    found = target.find(about, request.user)
    if found is None:
        raise Http404
    decision = target.may(found, request.user)
    sent = request.method == "POST"
    form = IntakeForm(request.POST if sent else None, request.FILES if sent else None, hint=target.hint)
    if sent and form.is_valid():
        with form.showing_refusals("file"):
            intake = services.upload(
                purpose=purpose, about=about, file=form.cleaned_data["file"], by=request.user
            )
            return redirect(intake)
    context = {
        "form": form,
        "title": target.title(found),
        "decision": decision,
        "back": target.back_url(found),
    }
    return render(request, "ledger/intake_add.html", context)


@login_required
@require_GET
def intake_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, find_intake(request, pk))


def _shown(request: HttpRequest, intake: Intake, reasons: tuple[str, ...] = ()) -> HttpResponse:
    target = targets.get(intake.purpose)
    found = target.find(intake.about, request.user) if target else None
    plan = intake.read_plan()
    context = {
        "intake": intake,
        "title": target.title(found) if target and found is not None else intake.about,
        "back": target.back_url(found) if target and found is not None else "",
        "again_url": _add_url(intake) if target else "",
        "waiting": intake.state in WAITING,
        "progress_words": _progress_words(intake),
        "intake_part": f"ledger/intake/{_part(intake)}.html",
        "deciding": intake.state == IntakeState.READ and permissions.may_confirm(intake, request.user),
        "discarding": permissions.may_discard(intake, request.user),
        "lines": [{"target": "", "words": words} for words in reasons],
        **_preview(plan, request.GET.get("page")),
    }
    return render(request, "ledger/intake_detail.html", context)


def _add_url(intake: Intake) -> str:
    query = f"?{urlencode({'about': intake.about})}" if intake.about else ""
    return reverse("ledger:intake_add", args=[intake.purpose]) + query


def _part(intake: Intake) -> str:
    if intake.state in WAITING:
        return "waiting"
    return "preview" if intake.state == IntakeState.READ else "ended"


def _preview(plan: Plan, page: str | None) -> dict[str, Any]:
    """The conflicts, to be chosen one by one, and the rest page by page."""
    plain = [change for change in plan.changes if not change.conflict]
    return {
        "plan": plan,
        "conflicts": [change for change in plan.changes if change.conflict and not change.kept],
        "kept": [change for change in plan.changes if change.kept],
        "page": Paginator(plain, PAGE).get_page(page),
        "stopping": plan.stopping,
        "problems": [p for p in plan.problems if not p.stops and not p.is_remark],
        "remarks": [p for p in plan.problems if p.is_remark and not p.stops],
    }


@login_required
@require_GET
def intake_state(request: HttpRequest, pk: int) -> JsonResponse:
    """For the progress bar."""
    intake = find_intake(request, pk)
    said = {"state": intake.state, "words": _progress_words(intake), "done": intake.progress}
    return JsonResponse(said)


def _progress_words(intake: Intake) -> str:
    """How far the reading has come; before it begins, the place in the line."""
    if intake.state != IntakeState.WAITING:
        return f"已完成 {intake.progress}%"
    ahead = ahead_of(intake)
    return f"前面还有 {ahead} 个文件" if ahead else "下一个就读这个文件"


@login_required
@require_POST
def intake_act(request: HttpRequest, pk: int) -> HttpResponse:
    """确认写入、重新核对、放弃."""
    intake = find_intake(request, pk)
    acts = {"confirm": _confirm, "again": _again, "discard": _discard}
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        return _shown(request, intake, ("没有这个办理动作，请用页面上的按钮",))
    try:
        return act(request, intake)
    except Refused as refused:
        return _shown(request, find_intake(request, pk), tuple(refused.decision.reasons))


def _confirm(request: HttpRequest, intake: Intake) -> HttpResponse:
    require(services.as_shown(intake, version_of(request)))
    fresh = services.confirm(intake=intake, by=request.user, chosen=request.POST.getlist("chosen"))
    if fresh.state == IntakeState.CONFIRMED:
        messages.success(request, fresh.result)
    return redirect(fresh)


def _again(request: HttpRequest, intake: Intake) -> HttpResponse:
    return redirect(services.again(intake=intake, by=request.user))


def _discard(request: HttpRequest, intake: Intake) -> HttpResponse:
    services.discard(intake=intake, by=request.user)
    messages.success(request, "已放弃这次导入，什么都没有写入")
    return redirect(intake)
