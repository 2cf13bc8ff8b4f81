"""不在名单内来校 as a list: the district's for its staff, a school's own for the school."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import allow, require
from jianfu.kernel.exchange import file_answer
from jianfu.organisations.selectors import schools as schools_of
from whitelist import permissions, unlisted
from whitelist.forms.unlisted import UnlistedSearch
from whitelist.models import Visit

from .tabs import tabs_of
from .visits import own_schools

PAGE = 50


def _asked(request: HttpRequest) -> tuple[UnlistedSearch, Any]:
    """The search, and what it finds of what the person may see, the newest first."""
    staff = bool(permissions.may_see_every_school(request.user))
    own = [] if staff else own_schools(request.user)
    require(allow() if own else permissions.may_see_every_school(request.user))
    rows = Visit.objects.visible_to(request.user).unlisted()
    schools = own or list(schools_of(request.user.district_id).order_by("position", "name"))
    months = list(rows.dates("day", "month", order="DESC"))
    form = UnlistedSearch(request.GET, schools=schools, months=months)
    return form, form.narrowed(rows).select_related("school").order_by("-day", "-pk")


@login_required
@require_safe
def unlisted_list(request: HttpRequest) -> HttpResponse:
    form, rows = _asked(request)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": unlisted.lines(page.object_list, request.user),
        "clues": bool(permissions.may_read_clues(request.user)),
        "records": bool(own_schools(request.user)),
        "tabs": tabs_of(request.user, "unlisted_list"),
    }
    return render(request, "whitelist/unlisted_list.html", context)


@login_required
@require_safe
def unlisted_export(request: HttpRequest) -> HttpResponse:
    """The same rows as a workbook."""
    _form, rows = _asked(request)
    district: Any = request.user.person.district
    title = f"{district}不在名单内来校记录"
    found = unlisted.lines(rows, request.user)
    trail.record(action="unlisted.exported", target=district, by=request.user, note=f"{len(found)} 条")
    made = unlisted.workbook(title, found, made_on=dates.today(), author=str(district))
    return file_answer(made, title, "xlsx")
