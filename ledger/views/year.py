"""Opening a year from an earlier one: choose, look at every difference, open; all on one page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jianfu.kernel import dates
from jianfu.kernel.decisions import require
from ledger.forms.year import AgainForm, WordingForm
from ledger.models import Ledger
from ledger.permissions import form as permissions
from ledger.services.year import carry, digest, open_again


@login_required
@require_http_methods(["GET", "POST"])
def ledger_again(request: HttpRequest) -> HttpResponse:
    """预览 and 打开 send the same form; the texts stay last year's unless somebody chooses otherwise."""
    require(permissions.may_open_ledger(request.user))
    ledgers = Ledger.objects.visible_to(request.user).select_related("template").order_by("-year")
    if not ledgers.exists():
        messages.info(request, "还没有上年的台账，从表样打开")
        return redirect("ledger:ledger_open")
    form = AgainForm(request.POST or None, ledgers=ledgers, today=dates.today())
    wording = _wording(request, form) if form.is_bound and form.is_valid() else None
    if wording is not None and request.POST.get("step") == "open" and wording.is_valid():
        ledger = _opened(request, form, wording)
        if ledger is not None:
            messages.success(request, f"已打开{ledger.year}年台账，各科室的待办里已有这些任务")
            return redirect(ledger)
        wording = WordingForm(**_carried(form))  # what changed meanwhile is looked at anew
    context = {"form": form, "wording": wording, "warnings": _warnings(form) if wording else []}
    return render(request, "ledger/ledger_again.html", context)


def _wording(request: HttpRequest, form: AgainForm) -> WordingForm:
    """Bound once it was shown."""
    return WordingForm(request.POST if "seen" in request.POST else None, **_carried(form))


def _carried(form: AgainForm) -> dict[str, Any]:
    data = form.cleaned_data
    found = carry(last=data["source"], year=data["year"], fill_by=data["fill_by"])
    return {"carried": found, "digest": digest(found)}


def _opened(request: HttpRequest, form: AgainForm, wording: WordingForm) -> Ledger | None:
    data = form.cleaned_data
    with form.showing_refusals():
        return open_again(
            last=data["source"],
            year=data["year"],
            fill_by=data["fill_by"],
            wordings=wording.wordings(),
            seen=wording.cleaned_data["seen"],
            by=request.user,
        )
    return None


def _warnings(form: AgainForm) -> list[str]:
    """What the office should know of the year that is carried on."""
    source, year = form.cleaned_data.get("source"), form.cleaned_data.get("year")
    if source is None or year is None:
        return []
    if source.year != year - 1:
        return [f"{year - 1}年没有台账可比，“较上年”的数字打开后在“上年基数”里登记"]
    if not source.is_final:
        return [f"{source.year}年台账{source.get_state_display()}，还没有签发，带出的上年数会随它变动"]
    return []
