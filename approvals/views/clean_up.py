"""上年事项: the list on paper, its number, and 保留、合并、取消 of several lines at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from approvals import permissions, services
from approvals.forms.plan import REMOVE, BaselineForm, DisposeForm, PastItemsForm
from approvals.models import InspectionPlan
from approvals.states import Disposition
from approvals.views.plan import plan_context, visible_plan
from jianfu.kernel.decisions import Refused, require


@login_required
@require_POST
def plan_dispose(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(request, pk)
    form = DisposeForm(request.POST, items=list(plan.past_items.select_related("plan")))
    if form.is_valid():
        try:
            count = _dispose(form, request.user)
        except Refused as refused:
            return _refused(request, plan, refused.decision.text)
        verb = {REMOVE: "已删去"}.get(form.cleaned_data["disposition"], "已记下清理意见")
        messages.success(request, f"{verb}：{count} 项")
        return redirect(f"{plan.get_absolute_url()}#past")
    return _refused(request, plan, form.words)


def _dispose(form: DisposeForm, by: Any) -> int:
    data = form.cleaned_data
    if data["disposition"] == REMOVE:
        services.remove_past_items(items=[item for item, _version in form.ticked], by=by)
        return len(form.ticked)
    goal = data["merged_with"] if data["disposition"] == Disposition.MERGED else None
    done = services.dispose_many(
        items=form.ticked, by=by, disposition=data["disposition"], reason=data["reason"], merged_with=goal
    )
    return len(done)


def _refused(request: HttpRequest, plan: InspectionPlan, said: str) -> HttpResponse:
    """The page again, with the lines still ticked and the reason still there."""
    typed = {
        "said": said,
        "reason": request.POST.get("reason", "")[:300],
        "ticked": {key.split("-")[0] for key in request.POST.getlist("chosen")},
    }
    return render(request, "approvals/plan_detail.html", plan_context(request, plan, typed))


@login_required
def plan_past(request: HttpRequest, pk: int) -> HttpResponse:
    """Last year's list from paper, pasted as it lies in Excel."""
    plan = visible_plan(request, pk)
    require(permissions.may_run_office(plan, request.user))
    form = PastItemsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            made = services.add_past_items(plan=plan, by=request.user, rows=form.rows())
            messages.success(request, f"已登记上年事项 {len(made)} 项")
            return redirect(f"{plan.get_absolute_url()}#past")
    return render(request, "components/confirm_page.html", _page(plan, form, "登记上年事项", "登记这些事项"))


@login_required
def plan_baseline(request: HttpRequest, pk: int) -> HttpResponse:
    """How many there were last year, where the list itself is not at hand."""
    plan = visible_plan(request, pk)
    require(permissions.may_run_office(plan, request.user))
    initial = {"count": plan.past_count, "source": plan.past_source}
    form = BaselineForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            services.set_baseline(plan=plan, by=request.user, **form.cleaned_data)
            messages.success(request, "已登记上年事项数")
            return redirect(plan)
    return render(
        request, "components/confirm_page.html", _page(plan, form, "登记上年事项数", "登记上年事项数")
    )


def _page(plan: InspectionPlan, form: Any, title: str, verb: str) -> dict[str, Any]:
    return {
        "title": title,
        "question": f"{plan}，以 {plan.year - 1}年的清单为底数，逐项提出保留、合并或取消的意见。",
        "form": form,
        "verb": verb,
        "cancel_url": plan.get_absolute_url(),
    }
