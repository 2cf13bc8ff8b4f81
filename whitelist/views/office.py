"""The whitelist for people with an account: the register, its releases, and publishing the next one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from jianfu.kernel import dates
from jianfu.kernel.decisions import require
from jianfu.kernel.document_numbers import read_document_number
from whitelist import permissions, services
from whitelist.forms import RegisterSearch, ReleaseForm
from whitelist.models import Entry, Release
from whitelist.selectors import proposed_applications, waiting_applications
from whitelist.states import PREPARED, TONES, Kind, State

from .tabs import tabs_of

PAGE = 50
SORTS = {
    "number": "number",
    "title": "title",
    "lead": "lead_name",
    "starts": "starts_on",
    "listed": "listed_on",
}


@login_required
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every entry of the district, also those whose time is over or that were removed."""
    today, rows = dates.today(), Entry.objects.visible_to(request.user)
    years = list(rows.order_by("-year").values_list("year", flat=True).distinct())
    form = RegisterSearch(request.GET, years=years)
    found = rows.matching(form.words).standing_as(form.wanted_standing, today)
    if form.wanted_year:
        found = found.filter(year=form.wanted_year)
    page = Paginator(_sorted(found, request.GET.get("sort", "")), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "all_url": f"{request.path}?standing=all",
        "rows": [(entry, entry.standing(today)) for entry in page.object_list],
        "tabs": tabs_of(request.user, "register"),
        "district": request.user.person.district,
        **_next(request.user),
    }
    return render(request, "whitelist/register.html", context)


def _sorted(rows: Any, wish: str) -> Any:
    column = SORTS.get(wish.removeprefix("-"), "number")
    return rows.select_related("district").order_by(f"-{column}" if wish.startswith("-") else column, "pk")


def _next(user: Any) -> dict[str, Any]:
    """For who prepares: how many applications wait to be published, by kind."""
    prepares = bool(permissions.may_prepare(user))
    counts = {
        kind: waiting_applications(user.district_id, kind).count() if prepares else 0 for kind in PREPARED
    }
    return {"prepares": prepares, "waiting": counts[Kind.CAMPUS], "registered": counts[Kind.EXEMPT]}


@login_required
@require_safe
def release_list(request: HttpRequest) -> HttpResponse:
    rows = Release.objects.visible_to(request.user).filter(kind__in=PREPARED).with_counts().newest_first()
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(release, TONES[State(release.state)]) for release in page.object_list],
        "tabs": tabs_of(request.user, "release_list"),
        "district": request.user.person.district,
        **_next(request.user),
    }
    return render(request, "whitelist/release_list.html", context)


@login_required
def release_form(request: HttpRequest, kind: str = Kind.CAMPUS) -> HttpResponse:
    """Prepare the next release, or go on with the one in preparation: what is filed comes ticked."""
    require(permissions.may_prepare(request.user))
    draft = Release.objects.visible_to(request.user).open().filter(kind=kind).first()
    if draft is not None and draft.state != State.DRAFTED:
        return redirect(draft)
    form = ReleaseForm(
        request.POST or None,
        initial=_initial(draft, request.user.district_id, kind),
        district_id=request.user.district_id,
        kind=kind,
        on=dates.today(),
    )
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            return redirect(_save(request, draft, kind, form.cleaned_data))
    context = {
        "form": form,
        "draft": draft,
        "heading": f"准备公布{Kind(kind).label.removeprefix('社会事务进校园')}",
        "waiting": _waiting(form),
        "today": dates.today(),
    }
    return render(request, "whitelist/release_form.html", context)


def _initial(draft: Release | None, district_id: int, kind: str) -> dict[str, Any]:
    if draft is None:
        return {"applications": proposed_applications(district_id, kind), "year": dates.today().year}
    names = ("year", "term", "document_number", "notice", "version")
    return {"applications": draft.applications.all(), **{name: getattr(draft, name) for name in names}}


def _waiting(form: ReleaseForm) -> list[tuple[Any, bool]]:
    """Each application that waits, and whether it is ticked."""
    ticked = {str(getattr(value, "pk", value)) for value in form["applications"].value() or ()}
    return [(row, str(row.pk) in ticked) for row in form.fields["applications"].queryset]


def _save(request: HttpRequest, draft: Release | None, kind: str, typed: dict[str, Any]) -> Release:
    names = ("applications", "term", "document_number", "notice")
    words = {"year": int(typed["year"]), **{name: typed[name] for name in names}}
    for warning in read_document_number(typed["document_number"]).warnings:
        messages.warning(request, warning)
    if draft is None:
        district = request.user.person.district
        return services.open_release(by=request.user, district=district, kind=kind, **words)
    return services.change_release(release=draft, by=request.user, expected_version=typed["version"], **words)
