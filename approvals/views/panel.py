"""指派专家: whom to ask, who must stay out, and who has answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from approvals import permissions, services
from approvals.figures import QUORUM
from approvals.models import Application
from approvals.states import State
from approvals.views.detail import visible
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused, refuse, require
from jianfu.kernel.policy import figure_value
from jianfu.organisations.selectors import experts, holders
from jianfu.organisations.states import Role


@login_required
def expert_choose(request: HttpRequest, pk: int) -> HttpResponse:
    application = visible(request, pk)
    require(permissions.may_run_office(application, request.user))
    if application.state != State.SUBMITTED:
        require(refuse(f"现在是“{application.get_state_display()}”，只有“专家论证”时才能指派专家"))
    people = list(experts(application.district_id, dates.today()))
    chosen = set(request.POST.getlist("expert"))
    said = ""
    if request.method == "POST":
        try:
            asked = [person for person in people if str(person.pk) in chosen]
            rows = services.assign_experts(application=application, experts=asked, by=request.user)
        except Refused as refused:
            said = refused.decision.text
        else:
            messages.success(
                request, f"已请 {len(rows)} 位专家论证，时限 {dates.chinese_date(rows[0].due_on)}"
            )
            return redirect("approvals:application_detail", pk)
    needed = figure_value(QUORUM, application.district_id, dates.today())
    lines = _lines(application, people, chosen)
    context = {"application": application, "lines": lines, "needed": needed, "said": said}
    return render(request, "approvals/experts.html", context)


def _lines(application: Application, people: list[Any], chosen: set[str]) -> list[dict[str, Any]]:
    """The panel: those who may be asked first; each with category, whether asked, and why not."""
    asked = {
        row.expert_id: row
        for row in application.assignments.filter(content_version=application.content_version).select_related(
            "opinion"
        )
    }
    seats = holders(application.district_id, [Role.EXPERT], dates.today())
    categories = {row.person_id: row.category for row in seats}
    decisions = permissions.may_be_asked_all(application, people)
    lines = [
        {
            "person": person,
            "category": categories.get(person.pk, ""),
            "decision": decisions[person.pk],
            "asked": asked.get(person.pk),
            "answered": _answered(asked.get(person.pk)),
            "chosen": str(person.pk) in chosen,
        }
        for person in people
    ]
    return sorted(lines, key=lambda line: (not line["decision"], line["category"], line["person"].name))


def _answered(assignment: Any) -> bool:
    opinion = getattr(assignment, "opinion", None)
    return bool(opinion and opinion.submitted_at)
