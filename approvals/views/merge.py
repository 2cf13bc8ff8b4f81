"""并入其他申请: choosing the one that goes on, with what will happen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from approvals import services
from approvals.forms.negative import MergeForm
from approvals.models import Application
from approvals.similar import kind_of, similar_to
from approvals.states import UNDER_WAY, Road
from approvals.views.detail import visible
from approvals.workflow import workflow_of
from jianfu.kernel.decisions import Refused

SHOWN = 60  # candidates of a year; more are found by no clerk in one list


def candidates(application: Application, user: Any) -> list[tuple[Application, str]]:
    """What is under way and of the same family, the most similar first, each with why it is similar."""
    near = {found.application_id: found for found in similar_to(application)}
    family = [road for road in Road if kind_of(road) == kind_of(application.road)]
    rows = Application.objects.visible_to(user).for_list().filter(road__in=family, state__in=UNDER_WAY)
    rows = rows.exclude(pk=application.pk).order_by("-pk")
    first = list(rows.filter(pk__in=near))
    first.sort(key=lambda row: -near[row.pk].score)
    rest = rows.exclude(pk__in=near)[: SHOWN - len(first)]
    return [*((row, near[row.pk].level) for row in first), *((row, "") for row in rest)]


@login_required
def application_merge(request: HttpRequest, pk: int) -> HttpResponse:
    application = visible(request, pk)
    decision = workflow_of(application).decide(application, "merge", request.user)
    if not decision:
        raise Refused(decision)
    found = candidates(application, request.user)
    form = MergeForm(found, request.POST or None, initial={"version": application.version})
    if request.method == "POST" and form.is_valid():
        return _merged(request, application, form.cleaned_data, found)
    return render(request, "approvals/merge.html", {"application": application, "form": form, "found": found})


def _merged(
    request: HttpRequest, application: Application, data: dict[str, Any], found: list[tuple[Application, str]]
) -> HttpResponse:
    into = next(row for row, _why in found if str(row.pk) == data["into"])
    services.perform(
        application=application,
        name="merge",
        by=request.user,
        note=data["note"],
        expected_version=data["version"],
        data={"into": into},
    )
    messages.success(request, f"“{application}”已并入“{into}”")
    return redirect(into.get_absolute_url())
