"""从记录起草: what the records propose for a row, to be ticked."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from jianfu.kernel.decisions import Refused, require
from jianfu.kernel.exchange import version_of
from ledger.drafting import LIMIT, proposals
from ledger.services.drafting import take_proposals
from ledger.services.filling import may_write

from .rows import find_row


@login_required
@require_http_methods(["GET", "POST"])
def row_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """GET offers, POST takes what was ticked and goes back to the row, where it is edited."""
    row = find_row(request, pk)
    require(may_write(row, request.user))
    chosen, refusals = request.POST.getlist("chosen"), ()
    if request.method == "POST":
        try:
            taken = take_proposals(
                row=row, keys=set(chosen), by=request.user, expected_version=version_of(request)
            )
        except Refused as refused:
            refusals = refused.decision.reasons
        else:
            added = taken.entries.count() - row.entries.count()
            messages.success(request, f"已写入 {added} 条，在表格里改好后再报送")
            return redirect(row)
    context = {
        "row": row,
        "ledger": row.ledger,
        "sources": proposals(row, request.user),
        "chosen": chosen,
        "limit": LIMIT,
        "lines": [{"target": "", "words": words} for words in refusals],
    }
    return render(request, "ledger/row_draft.html", context)
