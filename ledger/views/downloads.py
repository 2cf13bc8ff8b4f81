"""The official form as a file, and as a page to read before printing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianfu.handouts.services import deliver
from jianfu.kernel import dates
from ledger.exports import form as exports
from ledger.exports.year import KIND

from .ledgers import find


@login_required
@require_GET
def ledger_export(request: HttpRequest, year: int, extension: str) -> HttpResponse:
    ledger = find(request, year)
    about = {"year": str(year), "file": extension}
    if extension not in exports.FORMATS:
        raise Http404
    return deliver(kind=KIND, about=about, by=request.user, target=ledger)


@login_required
@require_GET
def ledger_print(request: HttpRequest, year: int) -> HttpResponse:
    ledger = find(request, year)
    form = exports.official_form(ledger, dates.today())
    return render(request, "ledger/ledger_print.html", {"ledger": ledger, "form": form})
