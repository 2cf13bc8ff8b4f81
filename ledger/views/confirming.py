"""再次确认 of a figure whose records have moved."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from jianfu.kernel.decisions import Refused
from jianfu.kernel.exchange import version_of
from ledger.services.confirming import confirm_again

from .figures import clock
from .rows import find_row, refused_page


@login_required
@require_POST
def row_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """One click takes what the records say now (``take``), or keeps the number with its reason (``keep``)."""
    row = find_row(request, pk)
    take = request.POST.get("take", "")
    code = take or request.POST.get("keep", "")
    reason = request.POST.get(f"reason-{code}", "")
    try:
        confirm_again(
            row=row,
            code=code,
            take=bool(take),
            reason=reason,
            by=request.user,
            expected_version=version_of(request),
        )
    except Refused as error:
        return refused_page(request, row, error.decision)
    messages.success(request, f"第 {row.number} 项已再次确认，{clock()}，等台账汇总人审核")
    return redirect(row)
