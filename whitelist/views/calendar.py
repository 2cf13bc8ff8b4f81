"""进校日历: by month, for a school or the district; the feeds that calendar programs subscribe to."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from jianfu.kernel import dates
from jianfu.kernel.decisions import allow, require
from jianfu.kernel.documents import icalendar
from jianfu.kernel.exchange import file_answer, key_of
from jianfu.organisations.selectors import districts
from jianfu.organisations.selectors import schools as schools_of
from whitelist import calendar_papers, calendars, permissions, services, weeks
from whitelist.models import CalendarFeed, Session
from whitelist.rules.cap import DEFINITION

from .caching import public_page
from .tabs import tabs_of
from .visits import own_schools

CALENDAR = "text/calendar; charset=utf-8"


@login_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month: every school for staff, or one of them; for a school its own."""
    schools, school = _choice(request)
    today = dates.today()
    rows = Session.objects.visible_to(request.user)
    rows = rows.filter(school=school) if school else rows.filter(school__in=schools)
    first = calendars.month_named(request.GET.get("month", ""), today)
    shown = calendars.month_of(request.user.district_id, first, rows, today, school.pk if school else None)
    context = {
        "month": shown,
        "schools": schools,
        "school": school,
        "staff": request.user.is_district_staff,
        "feeds": _subscribes(request.user),
        "tabs": tabs_of(request.user, "calendar"),
        "district": request.user.person.district,
    }
    return render(request, "whitelist/calendar.html", context)


@login_required
@require_safe
def calendar_week(request: HttpRequest) -> HttpResponse:
    """Monday to Sunday: a line a school, with its term's count against the cap."""
    schools, school = _choice(request)
    today = dates.today()
    shown = [school] if school else schools
    rows = Session.objects.visible_to(request.user).filter(school__in=shown)
    context = {
        "week": weeks.week_of(
            request.user.district_id,
            weeks.week_named(request.GET.get("week", ""), today),
            rows,
            shown,
            today,
            every=len(shown) == 1,
        ),
        "schools": schools,
        "school": school,
        "staff": request.user.is_district_staff,
        "definition": DEFINITION,
        "tabs": tabs_of(request.user, "calendar"),
        "district": request.user.person.district,
    }
    return render(request, "whitelist/calendar_week.html", context)


@login_required
@require_safe
def calendar_term(request: HttpRequest) -> HttpResponse:
    """A school's term as PDF: that of the month that is asked for, or of today."""
    _schools, school = _choice(request)
    if school is None:
        messages.error(request, "先选择一所学校，再打开它的学期安排")
        return redirect("whitelist:calendar")
    today = dates.today()
    day = calendars.month_named(request.GET.get("month", ""), today) if "month" in request.GET else today
    rows = Session.objects.visible_to(request.user)
    paper = calendar_papers.term_of_school(school, day, rows, today)
    return file_answer(paper.content, paper.title, "pdf")


@login_required
@require_safe
def calendar_month(request: HttpRequest) -> HttpResponse:
    """The district's month as PDF, for its staff."""
    require(permissions.may_see_every_school(request.user))
    today = dates.today()
    first = calendars.month_named(request.GET.get("month", ""), today)
    rows, district = Session.objects.visible_to(request.user), request.user.person.district
    paper = calendar_papers.month_of_district(district, first, rows, today)
    return file_answer(paper.content, paper.title, "pdf")


def _choice(request: HttpRequest) -> tuple[list[Any], Any]:
    """The schools that the person may look at, and the one that is asked for."""
    staff = bool(permissions.may_see_every_school(request.user))
    every = schools_of(request.user.district_id).order_by("position", "name")
    schools = list(every) if staff else own_schools(request.user)
    require(allow() if schools or staff else permissions.may_see_every_school(request.user))
    wanted = key_of(request.GET.get("school", ""))
    only = schools[0] if len(schools) == 1 and not staff else None
    return schools, next((row for row in schools if row.pk == wanted), only)


def _subscribes(user: Any) -> bool:
    return bool(permissions.may_see_every_school(user)) or bool(own_schools(user))


@login_required
@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    """The addresses to subscribe to, and how to renew them."""
    targets: list[Any] = list(own_schools(request.user))
    if permissions.may_see_every_school(request.user):
        targets.append(None)
    require(allow() if targets else permissions.may_see_every_school(request.user))
    feeds = [services.feed_for(by=request.user, school=target) for target in targets]
    rows = [(feed, request.build_absolute_uri(_address(feed))) for feed in feeds]
    public = reverse("whitelist:public_feed", args=[request.user.person.district.code])
    context = {"rows": rows, "public": request.build_absolute_uri(public)}
    return render(request, "whitelist/feed_list.html", context)


def _address(feed: CalendarFeed) -> str:
    return reverse("whitelist:feed", args=[feed.pk, services.token_of(feed)])


@login_required
@require_POST
def feed_renew(request: HttpRequest, pk: int) -> HttpResponse:
    feed = get_object_or_404(CalendarFeed.objects.visible_to(request.user), pk=pk)
    services.renew_feed(feed=feed, by=request.user)
    messages.success(request, "已换成新的订阅地址，原来的地址不再有效。请在日历程序里改用新地址")
    return redirect("whitelist:feed_list")


@login_not_required
@require_safe
def feed(_request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The feed of a school or of the district, for whoever has its address."""
    found = services.feed_at(pk, token)
    if found is None:
        raise Http404
    today, rows = dates.today(), calendars.feed_rows(found.district_id, dates.today())
    if found.school_id:
        rows = rows.filter(school=found.school_id)
    name = f"{found.school or found.district.name}进校活动"
    answer = _feed(name, rows, found.district.code, today, inside=True)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _feed(name: str, rows: Any, code: str, today: date, *, inside: bool) -> HttpResponse:
    told = calendars.events(rows.for_list(), code, today, inside=inside)
    answer = HttpResponse(icalendar.calendar(name, told), content_type=CALENDAR)
    answer["Content-Disposition"] = 'inline; filename="visits.ics"'
    return answer


# --- for everybody -----------------------------------------------------------------------------------------


@public_page
def public_calendar(request: HttpRequest, code: str) -> HttpResponse:
    """What comes to which school, by day: the entry, the school, the date, and nothing about people."""
    district = get_object_or_404(districts(), code=code)
    today = dates.today()
    rows = Session.objects.known().filter(activity__district=district)
    rows = rows.between(today, dates.add_months(today, 2)).for_list().select_related("activity__district")
    days: dict[date, list[Any]] = {}
    for row in rows:
        days.setdefault(row.day, []).append(row)
    context = {
        "district": district,
        "days": list(days.items()),
        "today": today,
        "feed": request.build_absolute_uri(reverse("whitelist:public_feed", args=[code])),
        "public_active": "list",
    }
    return render(request, "whitelist/public_calendar.html", context)


@public_page
def public_feed(_request: HttpRequest, code: str) -> HttpResponse:
    district = get_object_or_404(districts(), code=code)
    today = dates.today()
    rows = calendars.feed_rows(district.pk, today)
    return _feed(f"{district.name}社会事务进校园", rows, code, today, inside=False)
