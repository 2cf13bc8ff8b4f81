"""Time travel: the ledger as it stood on one day, beside another."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from jianfu.kernel import dates
from ledger.forms.past import PastForm
from ledger.selectors.past import between

from .ledgers import find

MONTH = timedelta(days=30)


@login_required
@require_safe
def ledger_past(request: HttpRequest, year: int) -> HttpResponse:
    """Without days: a month ago and today."""
    ledger = find(request, year)
    today = dates.today()
    opened = timezone.localdate(ledger.history.earliest().history_date)
    usual = {"first": max(opened, today - MONTH), "second": today}
    form = PastForm(request.GET if {"first", "second"} & set(request.GET) else usual, opened=opened)
    rows = between(ledger, form.cleaned_data["first"], form.cleaned_data["second"]) if form.is_valid() else []
    changed = [row for row in rows if row.changed]
    context = {
        "ledger": ledger,
        "form": form,
        "first": form.cleaned_data.get("first"),
        "second": form.cleaned_data.get("second"),
        "rows": rows if form.cleaned_data.get("everything") else changed,
        "count": len(changed),
        "total": len(rows),
    }
    return render(request, "ledger/ledger_past.html", context)
