"""填报表: the form as a workbook to fill in without the network, out and back."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import require
from jianfu.kernel.exchange import file_answer
from jianfu.kernel.intake import targets
from jianfu.organisations.states import Role
from ledger.exports import working_form as exports
from ledger.forms.intake import IntakeForm
from ledger.intake.target import PAST, PURPOSE
from ledger.models import Ledger
from ledger.permissions import form as permissions

from .ledgers import find


@login_required
@require_GET
def working_form(request: HttpRequest, year: int) -> HttpResponse:
    """Download on the left, upload on the right."""
    ledger = find(request, year)
    target = targets[PURPOSE]
    context = {
        "ledger": ledger,
        "mine": _own_rows(ledger, request).count(),
        "decision": target.may(ledger, request.user),
        "exporting": permissions.may_export(ledger, request.user),
        "form": IntakeForm(hint=target.hint),
        "purpose": PURPOSE,
        "past": PAST,
        "entering": targets[PAST].may(ledger, request.user),
    }
    return render(request, "ledger/working_form.html", context)


@login_required
@require_GET
def working_form_export(request: HttpRequest, year: int) -> HttpResponse:
    """``?rows=mine`` holds the rows of the person's own 科室 only."""
    ledger = find(request, year)
    require(permissions.may_export(ledger, request.user))
    whole = request.GET.get("rows") != "mine"
    rows = ledger.rows.all() if whole else _own_rows(ledger, request)
    held = rows.prefetch_related("entries", "blanks").order_by("number")
    content = exports.render(ledger, held, dates.now())
    data = {"format": "working form", "rows": "all" if whole else "mine"}
    trail.record(action="ledger.export", target=ledger, by=request.user, data=data)
    return file_answer(content, exports.file_name(ledger, dates.today(), whole), "xlsx")


def _own_rows(ledger: Ledger, request: HttpRequest) -> QuerySet:
    return ledger.rows.of_sections(request.user.organisation_ids(Role.SECTION_CLERK))
