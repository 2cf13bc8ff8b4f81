"""汇总论证意见: at the meeting the individual sheets become the one opinion of the panel."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from approvals import panel, services
from approvals.forms.panel import PanelForm
from approvals.models import Application
from approvals.progress import matrix
from approvals.views.panel import at_appraisal
from approvals.workflow import workflow_of
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused


@login_required
def panel_form(request: HttpRequest, pk: int) -> HttpResponse:
    application = at_appraisal(request, pk, "汇总论证意见")
    sheets = panel.sheets(application, request.user)
    heads, known = [row.expert for row in sheets], _initial(application, sheets)
    form = PanelForm(request.POST or None, heads=heads, initial=known)
    said = ""
    if request.method == "POST" and form.is_valid():
        try:
            _conclude(request, application, form)
        except Refused as refused:
            said = refused.decision.text
        else:
            messages.success(request, f"已汇总“{application}”的论证意见，送区教委初审")
            return redirect("approvals:application_detail", pk)
    context = {**_context(request, application), "form": form, "said": said}
    return render(request, "approvals/panel_form.html", context)


def _initial(application: Application, sheets: list[Any]) -> dict[str, Any]:
    """What nobody need type: today, the words of the sheets, and the conclusion where all agree on one."""
    conclusions = {row.opinion.conclusion for row in sheets}
    return {
        "note": panel.drafted([row.opinion for row in sheets]),
        "conclusion": conclusions.pop() if len(conclusions) == 1 else "",
        "met_on": dates.today(),
        "version": application.version,
    }


def _conclude(request: HttpRequest, application: Application, form: PanelForm) -> None:
    data = form.cleaned_data
    services.perform(
        application=application,
        name="conclude",
        by=request.user,
        note=data["note"],
        expected_version=data["version"],
        data={"conclusion": data["conclusion"], "head": data["head"], "met_on": data["met_on"]},
    )


def _context(request: HttpRequest, application: Application) -> dict[str, Any]:
    known = panel.registry(application.district_id, dates.today())
    rows = panel.asked(application, request.user)
    given = [row for row in rows if panel.handed_in(row)]
    categories = [known.categories.get(row.expert_id, "") for row in given]
    return {
        "application": application,
        "panel": matrix(given),
        "waiting": [row.expert for row in rows if not panel.handed_in(row)],
        "recused": application.assignments.filter(
            recused_at__isnull=False, content_version=application.content_version
        ).select_related("expert"),
        "findings": panel.mix(application, categories, dates.today()),
        "decision": workflow_of(application).decide(application, "conclude", request.user),
    }
