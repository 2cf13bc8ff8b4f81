"""监测分析: the questions of the year on one page, each table as a workbook."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import require
from jianfu.kernel.exchange import file_answer
from ledger.exports.dashboard import workbook
from ledger.forms.dashboard import DashboardForm
from ledger.permissions import form as permissions
from ledger.selectors.dashboard import TABLES, Table, dashboard
from ledger.selectors.dashboard.year import ledger_of


def _asked(request: HttpRequest) -> tuple[DashboardForm, list[Table], int]:
    require(permissions.may_read(request.user))
    form = DashboardForm(request.GET, today=dates.today())
    year, term, order = form.chosen()
    return form, dashboard(request.user, year, term, dates.today(), order=order), year


@login_required
@require_GET
def ledger_dashboard(request: HttpRequest) -> HttpResponse:
    form, tables, year = _asked(request)
    context = {"form": form, "tables": tables, "year": year, "ledger": ledger_of(request.user, year)}
    return render(request, "ledger/dashboard.html", context)


@login_required
@require_GET
def dashboard_export(request: HttpRequest, key: str) -> HttpResponse:
    """One table as it is shown; each time an audit event."""
    if key not in TABLES:
        raise Http404
    _form, tables, year = _asked(request)
    table, district = next(table for table in tables if table.key == key), _district(request)
    trail.record(action="ledger.dashboard_exported", target=district, by=request.user, note=table.key)
    scope = f"{year}年监测分析"
    content = workbook(table, scope=scope, district=str(district), made_on=dates.today())
    return file_answer(content, f"{district}{scope}{table.title}", "xlsx")


def _district(request: HttpRequest) -> Any:
    return request.user.person.district  # type: ignore[union-attr]
