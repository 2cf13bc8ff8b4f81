"""指派专家: whom to ask, who must stay out, who has answered, and who comes instead."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from approvals import panel, permissions, services
from approvals.figures import QUORUM
from approvals.forms.panel import RecusalForm
from approvals.models import Application
from approvals.states import State
from approvals.views.detail import visible
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused, refuse, require
from jianfu.kernel.policy import figure_value
from jianfu.organisations.selectors import experts


def at_appraisal(request: HttpRequest, pk: int, verb: str = "指派专家") -> Application:
    """The application whose panel the person may still change."""
    application = visible(request, pk)
    require(permissions.may_run_office(application, request.user))
    if application.state != State.SUBMITTED:
        require(refuse(f"现在是“{application.get_state_display()}”，只有“专家论证”时才能{verb}"))
    return application


@login_required
def expert_choose(request: HttpRequest, pk: int) -> HttpResponse:
    application, today = at_appraisal(request, pk), dates.today()
    known = panel.registry(application.district_id, today)
    instead = request.POST.getlist("instead")
    ticked = set(instead or request.POST.getlist("expert"))
    asked = [person for person in known.people if str(person.pk) in ticked]
    said = ""
    if request.method == "POST":
        try:
            rows = services.assign_experts(application=application, experts=asked, by=request.user)
        except Refused as refused:
            said = refused.decision.text
        else:
            words = f"已请 {len(rows)} 位专家论证，时限 {dates.chinese_date(rows[0].due_on)}"
            messages.success(request, words)
            return redirect("approvals:expert_choose" if instead else "approvals:application_detail", pk)
    context = {**_context(application, known), "chosen": {person.pk for person in asked}, "said": said}
    return render(request, "approvals/experts.html", context)


def _context(application: Application, known: panel.Registry) -> dict[str, Any]:
    today = dates.today()
    lines = panel.lines(application, known)
    seated = [line for line in lines if line.row and not line.recused]
    return {
        "application": application,
        "lines": lines,
        "seated": len(seated),
        "needed": figure_value(QUORUM, application.district_id, today),
        "findings": panel.mix(application, [line.category for line in seated], today),
    }


@login_required
def expert_recuse(request: HttpRequest, pk: int, person: int) -> HttpResponse:
    """回避 set by the office."""
    application = at_appraisal(request, pk)
    expert = get_object_or_404(experts(application.district_id, dates.today()), pk=person)
    back = reverse("approvals:expert_choose", args=[pk])
    return recusal_page(request, application, expert, back=back, done=back)


def recusal_page(
    request: HttpRequest, application: Application, expert: Any, *, back: str, done: str
) -> HttpResponse:
    """The reason is asked for once; what it costs is said before."""
    form = RecusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        with form.showing_refusals("reason"):
            services.recuse(application=application, expert=expert, reason=reason, by=request.user)
            messages.success(request, f"{expert.name}已回避“{application}”，原因：{reason}")
            return redirect(done)
    context = {
        "title": "回避",
        "question": f"{expert.name}（{expert.organisation or '—'}）回避“{application}”的论证？",
        "consequence": "回避后不再参加这项申请的论证，看不到它的材料，交过的意见不再计数；不能恢复。",
        "form": form,
        "verb": "办理回避",
        "cancel_url": back,
    }
    return render(request, "components/confirm_page.html", context)
