"""节点: the dated plan of a year, and what the office does with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianfu.kernel import dates
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.decisions import Refused, require
from jianfu.kernel.exchange import version_of
from jianfu.kernel.forms import Form
from ledger.forms.milestones import DoneForm, MilestoneForm, RemoveForm
from ledger.models import Milestone
from ledger.permissions.milestones import may_keep_milestones
from ledger.selectors.milestones import following, plan_of
from ledger.services import milestones as services

from .ledgers import find


def find_milestone(request: HttpRequest, pk: int) -> Milestone:
    """One of the person's own district that the person may keep; a reader is told who keeps it."""
    rows = Milestone.objects.visible_to(request.user).select_related("ledger")
    milestone = get_object_or_404(rows, pk=pk)
    require(may_keep_milestones(milestone, request.user))
    return milestone


@login_required
@require_GET
def milestone_list(request: HttpRequest, year: int) -> HttpResponse:
    ledger = find(request, year)
    plan = plan_of(ledger, request.user, dates.today())
    context = {
        "ledger": ledger,
        "plan": plan,
        "following": following(plan),
        "done_count": sum(standing.is_done for standing in plan),
        "keeping": may_keep_milestones(ledger, request.user),
    }
    return render(request, "ledger/milestone_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def milestone_add(request: HttpRequest, year: int) -> HttpResponse:
    ledger = find(request, year)
    require(may_keep_milestones(ledger, request.user))
    form = MilestoneForm(request.POST or None, rows=ledger.rows.order_by("number"))
    data = _valid(form)
    if data:
        services.add_milestone(ledger=ledger, by=request.user, **data)
        messages.success(request, f"已增加节点“{data['name']}”，{chinese_date(data['due_on'])}")
        return redirect("ledger:milestone_list", ledger.year)
    return render(request, "ledger/milestone_form.html", {"ledger": ledger, "form": form, "milestone": None})


@login_required
@require_http_methods(["GET", "POST"])
def milestone_change(request: HttpRequest, pk: int) -> HttpResponse:
    milestone = find_milestone(request, pk)
    ledger = milestone.ledger
    names = ("version", "name", "due_on", "note")
    initial = {name: getattr(milestone, name) for name in names} | {"rows": milestone.rows.all()}
    form = MilestoneForm(request.POST or None, rows=ledger.rows.order_by("number"), initial=initial)
    data = _valid(form)
    if data:
        with form.showing_refusals():
            services.change_milestone(
                milestone=milestone, by=request.user, expected_version=form.seen, **data
            )
            messages.success(request, f"节点“{data['name']}”已保存")
            return redirect(milestone)
    context = {"ledger": ledger, "form": form, "milestone": milestone}
    return render(request, "ledger/milestone_form.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def milestone_done(request: HttpRequest, pk: int) -> HttpResponse:
    """A person says that it is done: the day, and what shows it."""
    milestone = find_milestone(request, pk)
    initial = {"version": milestone.version, "done_on": dates.today(), "note": milestone.note}
    form = DoneForm(request.POST or None, initial=initial)
    data = _valid(form)
    if data:
        with form.showing_refusals():
            services.complete_milestone(
                milestone=milestone, by=request.user, expected_version=form.seen, **data
            )
            messages.success(request, f"“{milestone}”已登记完成")
            return redirect(milestone)
    return _confirm(request, milestone, form, "登记完成", "登记完成")


@login_required
@require_http_methods(["GET", "POST"])
def milestone_remove(request: HttpRequest, pk: int) -> HttpResponse:
    milestone = find_milestone(request, pk)
    form = RemoveForm(request.POST or None, initial={"version": milestone.version})
    data = _valid(form)
    if data:
        with form.showing_refusals():
            services.remove_milestone(
                milestone=milestone, by=request.user, expected_version=form.seen, **data
            )
            messages.success(request, f"已去掉节点“{milestone}”")
            return redirect("ledger:milestone_list", milestone.ledger.year)
    return _confirm(request, milestone, form, "去掉节点", "去掉")


@login_required
@require_POST
def milestone_resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a tick that was a slip."""
    milestone = find_milestone(request, pk)
    try:
        services.resume_milestone(milestone=milestone, by=request.user, expected_version=version_of(request))
    except Refused as refused:
        messages.error(request, refused.decision.text)
    else:
        messages.success(request, f"“{milestone}”的完成登记已取消")
    return redirect(milestone)


def _valid(form: Form) -> dict[str, Any]:
    """What was typed, without the version; empty while there is nothing good to save."""
    if not (form.is_bound and form.is_valid()):
        return {}
    return {name: value for name, value in form.cleaned_data.items() if name != "version"}


def _confirm(request: HttpRequest, milestone: Milestone, form: Form, title: str, verb: str) -> HttpResponse:
    context = {
        "title": title,
        "question": f"{milestone}（{milestone.ledger.year}年，{chinese_date(milestone.due_on)}前）",
        "form": form,
        "verb": verb,
        "cancel_url": milestone.get_absolute_url(),
    }
    return render(request, "components/confirm_page.html", context)
