"""督查检查评比考核年度计划: the plans of the district, one plan, its steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from approvals import permissions, plan_pages, services
from approvals.forms.plan import PLAN_FORMS, OpenPlanForm
from approvals.models import InspectionPlan
from approvals.phrases import OFFERED, PHRASES
from approvals.plan_permissions import may_open_plan
from approvals.progress import record
from approvals.selectors import reduced
from approvals.states import PlanState
from approvals.workflow import PLAN
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.kernel.exchange import version_of
from jianfu.organisations.selectors import work_calendar


def visible_plan(request: HttpRequest, pk: int) -> InspectionPlan:
    return get_object_or_404(
        InspectionPlan.objects.visible_to(request.user).select_related("district"), pk=pk
    )


@login_required
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    today = dates.today()
    plans = InspectionPlan.objects.visible_to(request.user).with_counts().order_by("-year")
    context = {
        "lines": [
            {
                "plan": plan,
                "tone": plan_pages.plan_tone(plan.state),
                "reduction": reduced(plan, plan.listed, plan.past_listed),
                "remaining": plan_pages.remaining(plan, today),
            }
            for plan in plans
        ],
        "form": OpenPlanForm(years=[today.year + 1, today.year]) if _opens(request) else None,
    }
    return render(request, "approvals/plan_list.html", context)


def _opens(request: HttpRequest) -> bool:
    return bool(may_open_plan(request.user))


@login_required
@require_POST
def plan_open(request: HttpRequest) -> HttpResponse:
    """The plan of the chosen year, with last year's list brought in."""
    today = dates.today()
    form = OpenPlanForm(request.POST, years=[today.year + 1, today.year])
    if not form.is_valid():
        messages.error(request, "选择要建立计划的年度")
        return redirect("approvals:plan_list")
    year = int(form.cleaned_data["year"])
    plan = services.open_plan(by=request.user, district=request.user.person.district, year=year)
    messages.success(request, f"{plan}：上年清单已带入，共 {plan.past_items.count()} 项待清理")
    return redirect(plan)


@login_required
@require_safe
def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "approvals/plan_detail.html", plan_context(request, visible_plan(request, pk)))


def plan_context(
    request: HttpRequest, plan: InspectionPlan, typed: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What the page shows. ``typed`` keeps what was filled in when something was refused."""
    today = dates.today()
    steps = list(plan.steps.select_related("person", "on_behalf_of"))
    past = list(plan.past_items.select_related("application", "merged_with"))
    rows = plan_pages.rows_of(plan, today)
    found = plan_pages.reduction(plan, rows, past)
    singles, waiting = plan_pages.besides(plan)
    remaining, holder = plan_pages.remaining(plan, today), plan_pages.holder(plan, today)
    return {
        "plan": plan,
        "tone": plan_pages.plan_tone(plan.state),
        "remaining": remaining,
        "stages": plan_pages.stages(plan, steps, holder),
        "tiles": plan_pages.tiles(plan, found, singles, past),
        "findings": plan_pages.findings(plan, found, past, steps, today),
        "groups": plan_pages.grouped(plan_pages.listed(rows)),
        "listed_count": found.after,
        "fallen_out": plan_pages.fallen_out(rows),
        "singles": singles,
        "waiting_count": waiting,
        **_clean_up(request, plan, past, today),
        "reads_items": request.user.is_district_staff,
        "entries": record(plan, steps, work_calendar(), remaining, holder),
        **_acts(request, plan, found.after, typed or {}),
    }


def _clean_up(request: HttpRequest, plan: InspectionPlan, past: list[Any], today: date) -> dict[str, Any]:
    office = bool(permissions.may_run_office(plan, request.user))
    return {
        "past": past,
        "clean_up": plan_pages.clean_up_words(past),
        "cleaning": plan_pages.cleaning_remaining(plan, past, today),
        "cleans_up": plan.state == PlanState.COLLECTING and office,
    }


def _acts(request: HttpRequest, plan: InspectionPlan, count: int, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The bar under the page: the steps that the plan offers this person, and what each means."""
    options = [option for option in PLAN.available(plan, request.user) if _offered(option)]
    names = [option.transition.name for option in options]
    step = next((name for name in names if name in PLAN_FORMS), "")
    form = typed.get("form")
    if form is None and step:
        form = PLAN_FORMS[step](initial={"body": plan.district.filing_body} if step == "file" else {})
    wanted = next((option.transition for option in options if option.transition.note_required), None)
    return {
        "options": options,
        "step_form": form,
        "opinion_label": wanted.note_label if wanted else "",
        "note": typed.get("note", OFFERED.get(names[0], "") if names else ""),
        "said": typed.get("said", ""),
        "reason": typed.get("reason", ""),
        "ticked": typed.get("ticked", ()),
        "phrases": PHRASES.get(plan.state, ()),
        "consequence": f"公布后公众不用登录就能看到这 {count} 项，清单不能再改。"
        if "publish" in names
        else "",
    }


def _offered(option: Any) -> bool:
    """Of the two ways to send only the one that the district goes is shown."""
    ways = {"send", "send_directly"}
    codes = {refusal.code for refusal in option.decision.refusals}
    return option.transition.name not in ways or "INSP-OFFICES" not in codes


@login_required
@require_POST
def plan_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step of the plan. What was typed stays on the page when it is refused."""
    plan = visible_plan(request, pk)
    name, note = request.POST.get("transition", ""), request.POST.get("note", "").replace("\x00", "")
    row = PLAN.transitions.get(name)
    if row is None:
        messages.error(request, "没有选择要办理的事项，点下面的按钮办理")
        return redirect(plan)
    form = PLAN_FORMS[name](request.POST) if name in PLAN_FORMS else None
    if form is not None and not form.is_valid() and plan.state in row.sources:
        return render(
            request, "approvals/plan_detail.html", plan_context(request, plan, {"form": form, "note": note})
        )
    try:
        services.perform_plan(
            plan=plan,
            name=name,
            by=request.user,
            note=note,
            expected_version=version_of(request),
            data=form.cleaned_data if form and form.is_valid() else {},
        )
    except Refused as refused:
        fresh = visible_plan(request, pk)
        typed = {"note": note, "said": refused.decision.text, "form": form}
        status = 409 if fresh.version != version_of(request) else 200
        return render(
            request, "approvals/plan_detail.html", plan_context(request, fresh, typed), status=status
        )
    messages.success(request, f"{plan}已办理：{row.label}，{timezone.localtime(dates.now()):%H:%M}")
    return redirect(plan)
