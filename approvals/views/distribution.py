"""分配专家: many applications at once, proposed evenly, changed by hand, saved all together or not at all."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from approvals import panel, permissions, seating, services
from approvals.figures import QUORUM
from approvals.forms.panel import DistributionForm
from approvals.models import Application
from approvals.states import State
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused, require
from jianfu.kernel.exchange import keys_of
from jianfu.kernel.policy import figure_value

MOST = 60  # applications of one page


@login_required
def expert_distribute(request: HttpRequest) -> HttpResponse:
    """GET proposes; what the ticks say when the page is sent is what is asked."""
    require(permissions.may_read_registry(request.user))
    known = panel.registry(request.user.district_id, dates.today())
    rows = _waiting(request)
    ticked, said = None, ""
    if request.method == "POST":
        ticked = _ticked(request, rows, known)
        try:
            made = services.assign_many(panels=ticked, by=request.user)
        except Refused as refused:
            said = refused.decision.text
        else:
            messages.success(request, f"已为 {len(ticked)} 项申请指派专家，共 {made} 人次")
            return redirect("approvals:application_list")
    form = _form(request, known)
    table = seating.table(rows, known, form.wanted(), ticked, dates.today())
    named = request.GET.getlist("application")
    context = {"form": form, "table": table, "said": said, "named": named}
    return render(request, "approvals/distribute.html", context)


def _form(request: HttpRequest, known: panel.Registry) -> DistributionForm:
    usual = figure_value(QUORUM, request.user.district_id, dates.today())
    data = request.GET if "count" in request.GET else None
    return DistributionForm(data, kinds=sorted(set(known.categories.values()) - {""}), usual=usual)


def _waiting(request: HttpRequest) -> list[Application]:
    """At 专家论证; those that the address names, or all."""
    rows = Application.objects.visible_to(request.user).filter(state=State.SUBMITTED)
    named = keys_of(request.GET.getlist("application"))
    if named:
        rows = rows.filter(pk__in=named)
    return list(rows.select_related("organisation").order_by("due_on", "pk")[:MOST])


def _ticked(
    request: HttpRequest, rows: list[Application], known: panel.Registry
) -> dict[Application, list[Any]]:
    """``seat`` says application-expert for each tick; what fits no row of the page is nothing."""
    seats = set(request.POST.getlist("seat"))
    found = {row: [p for p in known.people if f"{row.pk}-{p.pk}" in seats] for row in rows}
    return {row: people for row, people in found.items() if people}
