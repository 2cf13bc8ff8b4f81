"""统计分析: a year's applications in tables with a picture in each line; each table as a workbook."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from approvals import permissions
from approvals.exports.statistics import workbook
from approvals.forms.statistics import PeriodForm
from approvals.statistics import TABLES, tables_of
from approvals.statistics.tables import FAMILIES, rows_of
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import require
from jianfu.kernel.exchange import file_answer


def _asked(request: HttpRequest) -> tuple[PeriodForm, QuerySet, str]:
    require(permissions.may_read_list(request.user))
    form = PeriodForm(request.GET, this_year=dates.today().year)
    year, family = form.chosen()
    return form, rows_of(request.user, year, family), f"{year}年{FAMILIES[family][0]}申请"


@login_required
def statistics(request: HttpRequest) -> HttpResponse:
    form, rows, scope = _asked(request)
    tables = tables_of(rows, request.user.district_id, dates.today())
    context = {"form": form, "tables": tables, "scope": scope, "empty": not tables[0].lines}
    return render(request, "approvals/statistics.html", context)


@login_required
def statistics_export(request: HttpRequest, key: str) -> HttpResponse:
    """One table as a workbook."""
    if key not in TABLES:
        raise Http404
    _form, rows, scope = _asked(request)
    tables = tables_of(rows, request.user.district_id, dates.today())
    table = next(table for table in tables if table.key == key)
    district: Any = request.user.person.district
    trail.record(action="approvals.statistics_exported", target=district, by=request.user, note=table.key)
    content = workbook(table, scope, str(district), dates.today())
    return file_answer(content, f"{district}{scope}{table.title}", "xlsx")
