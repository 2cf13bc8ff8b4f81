"""补录: opening a year of before for its paper. The file itself goes the way of every upload."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jianfu.kernel import dates
from jianfu.kernel.decisions import require
from ledger.forms.entering import PastYearForm
from ledger.intake.target import PAST
from ledger.permissions import form as permissions
from ledger.services.opening import open_past


@login_required
@require_http_methods(["GET", "POST"])
def ledger_open_past(request: HttpRequest) -> HttpResponse:
    """Once it is open, the next thing is the file."""
    require(permissions.may_open_ledger(request.user))
    form = PastYearForm(request.POST or None, today=dates.today())
    if form.is_bound and form.is_valid():
        with form.showing_refusals("year"):
            ledger = open_past(by=request.user, **form.cleaned_data)
            messages.success(request, f"{ledger.year}年已可以补录。上传整本台账，读不懂的再手工填")
            return redirect(entering_url(ledger.year))
    return render(request, "ledger/ledger_open_past.html", {"form": form})


def entering_url(year: int) -> str:
    return f"{reverse('ledger:intake_add', args=[PAST])}?{urlencode({'about': year})}"
