"""The whitelist for people with an account: the register, its releases, and publishing the next one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from approvals.selectors import awaiting_publication
from jianfu.kernel import dates
from jianfu.kernel.decisions import Decision, Refused, require
from jianfu.kernel.document_numbers import read_document_number
from jianfu.kernel.exchange import version_of
from whitelist import exports, listing, permissions, services
from whitelist.forms import RegisterSearch, ReleaseForm
from whitelist.models import Entry, Release
from whitelist.proposal import Proposal, proposal_of
from whitelist.states import State
from whitelist.workflow import RELEASE

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
    """For who prepares: how many applications wait to be published."""
    prepares = bool(permissions.may_prepare(user))
    return {
        "prepares": prepares,
        "waiting": awaiting_publication(user.district_id).count() if prepares else 0,
    }


@login_required
@require_safe
def release_list(request: HttpRequest) -> HttpResponse:
    rows = Release.objects.visible_to(request.user).with_counts().newest_first()
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "tabs": tabs_of(request.user, "release_list"),
        "district": request.user.person.district,
        "published": State.PUBLISHED,
        **_next(request.user),
    }
    return render(request, "whitelist/release_list.html", context)


@login_required
def release_form(request: HttpRequest) -> HttpResponse:
    """Prepare the next release, or go on with the one in preparation: what is filed comes ticked."""
    require(permissions.may_prepare(request.user))
    draft = Release.objects.visible_to(request.user).drafts().first()
    form = ReleaseForm(
        request.POST or None,
        initial=_initial(draft, request.user.district_id),
        district_id=request.user.district_id,
        on=dates.today(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            release = _save(request, draft, form.cleaned_data)
            return redirect(release)
        except Refused as refusal:
            form.add_error(None, refusal.decision.reasons)
    context = {"form": form, "draft": draft, "waiting": _waiting(form), "today": dates.today()}
    return render(request, "whitelist/release_form.html", context)


def _initial(draft: Release | None, district_id: int) -> dict[str, Any]:
    if draft is None:
        return {"applications": awaiting_publication(district_id), "year": dates.today().year}
    words = {name: getattr(draft, name) for name in ("year", "document_number", "notice", "version")}
    return {"applications": draft.applications.all(), **words}


def _waiting(form: ReleaseForm) -> list[tuple[Any, bool]]:
    """Each application that waits, and whether it is ticked."""
    ticked = {str(getattr(value, "pk", value)) for value in form["applications"].value() or ()}
    return [(row, str(row.pk) in ticked) for row in form.fields["applications"].queryset]


def _save(request: HttpRequest, draft: Release | None, typed: dict[str, Any]) -> Release:
    words = {
        "year": int(typed["year"]),
        "applications": typed["applications"],
        "document_number": typed["document_number"],
        "notice": typed["notice"],
    }
    for warning in read_document_number(typed["document_number"]).warnings:
        messages.warning(request, warning)
    if draft is None:
        return services.open_release(by=request.user, district=request.user.person.district, **words)
    return services.change_release(release=draft, by=request.user, expected_version=typed["version"], **words)


@login_required
@require_safe
def release_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft: the public page to come, and what publishing means. A published release: what it lists."""
    release = get_object_or_404(
        Release.objects.visible_to(request.user).select_related("district", "published_by__person"), pk=pk
    )
    if release.state == State.DRAFTED:
        return _preview(request, release)
    shown = listing.of_release(release.district, release, dates.today())
    page = Paginator(shown.rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "release": release,
        "district": release.district,
        "page": page,
        "lines": shown.lines(page.object_list, first=page.start_index()),
        "columns": exports.COLUMNS,
        "tagged": release.tells_what_is_new,
        "facts": _facts(release, page.paginator.count),
    }
    return render(request, "whitelist/release_detail.html", context)


def _facts(release: Release, count: int) -> list[tuple[str, Any]]:
    return [
        ("公布日期", dates.chinese_date(release.published_on)),
        ("公布文号", release.document_number or "—"),
        ("公布人", str(release.published_by)),
        ("事项", f"{count} 项"),
    ]


def _preview(request: HttpRequest, release: Release) -> HttpResponse:
    proposal = proposal_of(release, dates.today())
    decision = RELEASE.decide(release, "publish", request.user) & proposal.decide()
    context = {
        "release": release,
        "district": release.district,
        "lines": proposal.lines(),
        "columns": exports.COLUMNS,
        "tagged": release.tells_what_is_new,
        "decision": decision,
        "consequence": _consequence(proposal, decision),
        "today": dates.today(),
    }
    return render(request, "whitelist/release_preview.html", context)


def _consequence(proposal: Proposal, decision: Decision) -> str:
    if not decision:
        return ""
    parts = [f"新增 {len(proposal.added)} 项", f"延续 {len(proposal.kept)} 项"]
    if proposal.dropped:
        parts.append(f"上一版有 {proposal.dropped} 项已移出或过期，不再列入")
    return f"{'，'.join(parts)}。公布后公众不用登录即可看到，这一版不能再改；移出其中一项须由领导小组决定。"


@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    release = get_object_or_404(Release.objects.visible_to(request.user), pk=pk)
    done = services.publish(release=release, by=request.user, expected_version=version_of(request))
    messages.success(request, f"已公布{done}，{dates.chinese_date(done.published_on)}起公众可见")
    return redirect(done)
