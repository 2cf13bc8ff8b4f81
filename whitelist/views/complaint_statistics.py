"""投诉统计: the numbers of a year, and each table as a workbook in which small ones are hidden."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import require
from jianfu.kernel.exchange import file_answer, key_of
from whitelist.complaints import counting
from whitelist.exports_complaints import workbook
from whitelist.permissions import complaint as permissions


def _asked(request: HttpRequest) -> tuple[int, list[int]]:
    require(permissions.may_read_statistics(request.user))
    years, today = counting.years_of(request.user), dates.today()
    year = key_of(request.GET.get("year", "")) or (years[0] if years else today.year)
    if year not in years and year != today.year:
        raise Http404
    return year, years


@login_required
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    year, years = _asked(request)
    context = {
        "year": year,
        "years": years,
        "tables": counting.tables(request.user, year, dates.today()),
        "district": request.user.person.district,
    }
    return render(request, "whitelist/complaint_statistics.html", context)


@login_required
@require_safe
def statistics_export(request: HttpRequest, key: str) -> HttpResponse:
    """One table; each file an event."""
    if key not in counting.TABLES:
        raise Http404
    year, _years = _asked(request)
    tables = counting.tables(request.user, year, dates.today(), leaves=True)
    table, district = next(table for table in tables if table.key == key), request.user.person.district
    title = f"{district}{year}年收到的投诉举报：{table.title}"
    made = workbook(table, title=title, district=str(district), made_on=dates.today())
    trail.record(action="complaint.statistics_exported", target=district, by=request.user, note=key)
    return file_answer(made, title.replace("：", ""), "xlsx")
