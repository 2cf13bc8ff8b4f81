"""The office names who fills a row, and enters last year's figures of a first year."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jianfu.kernel.decisions import require
from jianfu.organisations import selectors as organisations
from ledger.forms.opening import BaselinesForm, SectionsForm
from ledger.permissions import form as permissions
from ledger.services.assigning import assign_sections, baseline_blanks, set_baselines

from .ledgers import find
from .rows import find_row


@login_required
@require_http_methods(["GET", "POST"])
def row_sections(request: HttpRequest, pk: int) -> HttpResponse:
    row = find_row(request, pk)
    require(permissions.may_assign(row, request.user))
    assigned = row.assignments.all()
    lead = next((item.organisation_id for item in assigned if item.is_lead), None)
    form = SectionsForm(
        request.POST or None,
        sections=organisations.sections(row.district_id),
        initial={
            "lead": lead,
            "others": [a.organisation_id for a in assigned if not a.is_lead],
            "due_on": row.due_on,
        },
    )
    if form.is_bound and form.is_valid():
        with form.showing_refusals():
            assign_sections(row=row, by=request.user, **form.cleaned_data)
            messages.success(request, f"第 {row.number} 项的责任科室和时限已保存")
            return redirect(row)
    return render(request, "ledger/row_sections.html", {"row": row, "ledger": row.ledger, "form": form})


@login_required
@require_http_methods(["GET", "POST"])
def ledger_baselines(request: HttpRequest, year: int) -> HttpResponse:
    ledger = find(request, year)
    require(permissions.may_set_baselines(ledger, request.user))
    known = {row.code: row for row in ledger.baselines.all()}
    form = BaselinesForm(request.POST or None, blanks=baseline_blanks(ledger), known=known)
    if form.is_bound and form.is_valid():
        with form.showing_refusals():
            set_baselines(ledger=ledger, values=form.values(), by=request.user)
            messages.success(request, f"{year - 1}年的基数已保存")
            return redirect(ledger)
    context = {"ledger": ledger, "form": form, "last_year": year - 1}
    return render(request, "ledger/ledger_baselines.html", context)
