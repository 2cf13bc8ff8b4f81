"""Saving the blanks that were typed in the grid: every row that was touched, or none."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from ledger.forms.filling import FiguresForm, read_versions, versions_words
from ledger.models import Ledger, LedgerRow
from ledger.selectors.asked import Asked
from ledger.selectors.figures import cells_of
from ledger.services.filling import save_row

from . import grid
from .ledgers import find, grid_page


@login_required
@require_POST
def ledger_figures(request: HttpRequest, year: int) -> HttpResponse:
    ledger = find(request, year)
    rows = grid.sent_rows(grid.rows_of(ledger, request.user), request.POST)
    asked = Asked(ledger)
    cells = cells_of(ledger, rows.with_cells(), asked)
    built = grid.build(ledger, request.user, dates.today(), cells=cells, asked=asked, data=request.POST)
    bound = [form for form in built.forms if form.is_bound]
    if any(form.errors for form in bound):
        words = [line["words"] for form in bound for line in form.lines]
        return _not_saved(request, ledger, words, at_fields=True)
    try:
        saved = _save([form for form in bound if form.has_changed()], request)
    except Refused as refused:
        return _not_saved(request, ledger, refused.decision.reasons)
    if wants_json(request):
        return JsonResponse({"saved_at": clock(), "version": versions_words(_fresh(bound))})
    messages.success(request, f"已保存 {saved} 项的监测数据，{clock()}")
    return redirect(f"{ledger.get_absolute_url()}?{request.GET.urlencode()}")


def _save(touched: Sequence[FiguresForm], request: HttpRequest) -> int:
    versions = read_versions(request.POST.get("version", ""))
    with transaction.atomic():
        for form in touched:
            expected = versions.get(form.row.pk, -1)
            save_row(row=form.row, by=request.user, blanks=form.inputs(), expected_version=expected)
    return len(touched)


def _fresh(forms: Sequence[FiguresForm]) -> list[LedgerRow]:
    return list(LedgerRow.objects.filter(pk__in=[form.row.pk for form in forms]))


def _not_saved(
    request: HttpRequest, ledger: Ledger, words: Sequence[str], *, at_fields: bool = False
) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"message": "；".join(words)}, status=409)
    return grid_page(request, ledger, data=request.POST, refusals=() if at_fields else tuple(words))


def wants_json(request: HttpRequest) -> bool:
    """autosave.js asks for JSON; a browser without it gets a page."""
    return request.headers.get("x-requested-with") == "autosave"


def clock() -> str:
    return timezone.localtime().strftime("%H:%M")
