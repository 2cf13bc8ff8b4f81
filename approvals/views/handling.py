"""催办 and 转办: two small pages beside the road."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from approvals import handling, services
from approvals.forms.handling import TransferForm, UrgeForm
from approvals.holders import Holders
from approvals.models import Application
from approvals.views.detail import visible
from jianfu.kernel import dates
from jianfu.kernel.decisions import require


@login_required
def application_urge(request: HttpRequest, pk: int) -> HttpResponse:
    """The sentence stands there already: two clicks from wherever one waits (F13)."""
    application = visible(request, pk)
    require(handling.may_urge(application, request.user))
    today = dates.today()
    holder = Holders(application.district_id, today).of(application)
    words = handling.sentence(application, today)
    form = UrgeForm(request.POST or None, initial={"version": application.version, "note": words})
    if form.is_valid():
        with form.showing_refusals():
            _urge(request, application, form.cleaned_data)
            messages.success(request, f"已催办“{application}”，{holder.who}的待办里会显示被催办")
            return redirect("approvals:application_detail", pk)
    return render(request, "components/confirm_page.html", _urging(application, form, holder))


def _urge(request: HttpRequest, application: Application, data: dict[str, Any]) -> None:
    services.urge(
        application=application, by=request.user, note=data["note"], expected_version=data["version"]
    )


def _urging(application: Application, form: UrgeForm, holder: Any) -> dict[str, Any]:
    today = dates.today()
    times = handling.counts([application]).get(application.pk, 0)
    return {
        "title": "催办",
        "question": f"{application}（{application.number}）",
        "facts": [
            (
                "现在的环节",
                f"{application.get_state_display()}，已 {handling.waited(application, today)} 个工作日",
            ),
            ("办理人", f"{holder.who} {holder.phone}".strip()),
            ("已催办", f"{times} 次"),
        ],
        "form": form,
        "verb": "催办",
        "cancel_url": application.get_absolute_url(),
    }


@login_required
def application_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    application = visible(request, pk)
    require(handling.may_transfer(application, request.user))
    people = handling.colleagues(application, request.user)
    form = TransferForm(request.POST or None, people=people, initial={"version": application.version})
    if form.is_valid():
        with form.showing_refusals():
            _transfer(request, application, form.cleaned_data)
            name = form.cleaned_data["to"].name
            messages.success(request, f"“{application}”已转给{name}，现在是{name}的待办")
            return redirect("desk")
    context = {
        "application": application,
        "form": form,
        "people": people,
        "chosen": str(form["to"].value() or ""),
        "responsible": application.responsible,
        "cancel_url": reverse("approvals:application_detail", args=[pk]),
    }
    return render(request, "approvals/transfer.html", context)


def _transfer(request: HttpRequest, application: Application, data: dict[str, Any]) -> None:
    services.transfer(
        application=application,
        to=data["to"],
        by=request.user,
        note=data["note"],
        expected_version=data["version"],
    )
