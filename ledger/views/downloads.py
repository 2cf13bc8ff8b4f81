"""The official form as a file, and as a page to read before printing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import require
from ledger.exports import form as exports
from ledger.permissions import form as permissions

from .ledgers import find


@login_required
@require_GET
def ledger_export(request: HttpRequest, year: int, extension: str) -> HttpResponse:
    ledger = find(request, year)
    if extension not in exports.CONTENT_TYPES:
        raise Http404
    require(permissions.may_export(ledger, request.user))
    content = exports.render(ledger, extension, dates.today())
    trail.record(action="ledger.export", target=ledger, by=request.user, data={"format": extension})
    answer = HttpResponse(content, content_type=exports.CONTENT_TYPES[extension])
    name = exports.file_name(ledger, extension)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answer


@login_required
@require_GET
def ledger_print(request: HttpRequest, year: int) -> HttpResponse:
    ledger = find(request, year)
    form = exports.official_form(ledger, dates.today())
    return render(request, "ledger/ledger_print.html", {"ledger": ledger, "form": form})
