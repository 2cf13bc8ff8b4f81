"""The official form as a file, and as a page to read before printing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import require
from jianfu.kernel.exchange import CONTENT_TYPES, hand_out
from ledger.exports import form as exports
from ledger.permissions import form as permissions

from .ledgers import find


@login_required
@require_GET
def ledger_export(request: HttpRequest, year: int, extension: str) -> HttpResponse:
    ledger = find(request, year)
    if extension not in exports.FORMATS:
        raise Http404
    require(permissions.may_export(ledger, request.user))
    content = exports.render(ledger, extension, dates.today())
    trail.record(action="ledger.export", target=ledger, by=request.user, data={"format": extension})
    answer = HttpResponse(content, content_type=CONTENT_TYPES[extension])
    return hand_out(answer, exports.file_name(ledger, extension))


@login_required
@require_GET
def ledger_print(request: HttpRequest, year: int) -> HttpResponse:
    ledger = find(request, year)
    form = exports.official_form(ledger, dates.today())
    return render(request, "ledger/ledger_print.html", {"ledger": ledger, "form": form})
