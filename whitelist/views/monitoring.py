"""监测哨点: the months of the schools, one report, and giving it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jianfu.kernel import dates
from jianfu.kernel.decisions import require
from jianfu.organisations.selectors import schools, work_calendar
from whitelist import permissions, services
from whitelist.forms.evaluation import SeasonForm
from whitelist.forms.monitoring import ReportForm
from whitelist.models import MonitoringPoint, MonthlyReport
from whitelist.selectors.monitoring import Month, in_force, known_of, months_of, read_month
from whitelist.states import Season

from .tabs import tabs_of


@dataclass(frozen=True)
class Cell:
    """One month of one school: its report, that it is due or late, or nothing (—); no point then: blank."""

    words: str
    url: str = ""
    tone: str = ""
    remaining: Any = None


@login_required
@require_safe
def monitoring_list(request: HttpRequest) -> HttpResponse:
    """Schools in their own order by months; a month without a report is —, never 0."""
    require(permissions.may_read_monitoring(request.user))
    now = Season.of(dates.today())
    form = SeasonForm(request.GET, seasons=[now, now.before, now.before.before])
    season = Season.read(form.cleaned_data["season"] or now.key) if form.is_valid() else now
    months = [
        month for month in months_of(request.user.district_id, season) if month.opens_on <= dates.today()
    ]
    points = MonitoringPoint.objects.visible_to(request.user).meeting(season.first, season.last)
    reports = MonthlyReport.objects.visible_to(request.user).filter(
        month__in=[month.first for month in months]
    )
    given = {(report.school_id, report.month): report for report in reports.prefetch_related("entries")}
    context = {
        "tabs": tabs_of(request.user, "monitoring_list"),
        "form": form,
        "season": season,
        "months": months,
        "rows": [
            (point, [_cell(request.user, point, month, given) for month in months])
            for point in points.select_related("school")
        ],
        "clues": [report for report in given.values() if report.has_clue],
    }
    return render(request, "whitelist/monitoring_list.html", context)


def _cell(user: Any, point: MonitoringPoint, month: Month, given: dict[Any, MonthlyReport]) -> Cell:
    report = given.get((point.school_id, month.first))
    url = reverse("whitelist:monitoring_report", args=[point.school_id, month.key])
    if report is not None:
        count = len(report.entries.all())
        effect = f"，成效{report.get_effect_display()}" if report.effect else ""
        return Cell(f"{count} 项{effect}", url, "amber" if report.has_clue else "")
    if not in_force(point, month):
        return Cell("")
    mine = bool(permissions.may_report(point.school_id, user))
    return Cell("—", url if mine else "", remaining=work_calendar().remaining(month.due_on, dates.today()))


def _school_month(request: HttpRequest, pk: int, key: str) -> tuple[Any, Month]:
    require(permissions.may_read_monitoring(request.user))
    seen = MonitoringPoint.objects.visible_to(request.user).order_by().values("school")
    school = get_object_or_404(schools(request.user.district_id).filter(pk__in=seen), pk=pk)
    first = read_month(key)
    months = months_of(school.district_id, Season.of(first)) if first else []
    found = next((month for month in months if month.first == first), None)
    if found is None:
        raise Http404
    return school, found


@login_required
def monitoring_report(request: HttpRequest, pk: int, month: str) -> HttpResponse:
    """The report of the month, or the form of it for the school that owes it."""
    school, asked = _school_month(request, pk, month)
    rows = (
        MonthlyReport.objects.visible_to(request.user).select_related("given_by").prefetch_related("entries")
    )
    report = rows.filter(school=school, month=asked.first).first()
    if report is not None:
        return render(request, "whitelist/monitoring_report.html", {"report": report, "month": asked})
    require(services.may_give_report(school, asked, request.user))
    known = known_of(school.pk, asked)
    form = ReportForm(request.POST or None, known=known)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            services.give_report(school=school, month=asked, by=request.user, **form.said)
            messages.success(request, f"{asked.label}的监测月报已填好，不用再报")
            return redirect("desk")
    context = {"form": form, "school": school, "month": asked, "known": known}
    return render(request, "whitelist/monitoring_form.html", context)
