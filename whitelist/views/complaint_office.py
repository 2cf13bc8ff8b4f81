"""Handlers' pages to read: the list, one complaint, what the office takes down."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from jianfu.kernel import dates, registry
from jianfu.kernel.decisions import require
from jianfu.kernel.exchange import key_of
from whitelist.complaints import erasure, screens, visits
from whitelist.complaints.papers import papers
from whitelist.complaints.telling import conversation
from whitelist.forms.complaint import ComplaintSearch, EnteredForm
from whitelist.models import Complaint, Visit
from whitelist.permissions import complaint as permissions
from whitelist.services.complaint import Report, card_of, enter_complaint, fabricated_by
from whitelist.states.complaint import ENDED, PROVED_ONES, ComplaintState

from .confidential import held_in_memory

PAGE = 50


def visible(request: HttpRequest, pk: int) -> Complaint:
    rows = Complaint.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("district", "handler__person", "signer", "entry"), pk=pk)


@login_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    require(permissions.may_reach_complaints(request.user))
    today, tab = dates.today(), request.GET.get("tab", "todo")
    rows = _tab(request, tab)
    form = ComplaintSearch(request.GET, states=list(ComplaintState.choices))
    page = Paginator(_matching(rows, form), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [_line(row, today) for row in page.object_list],
        "tabs": _tabs(request, tab),
        "neglected": erasure.is_neglected(
            Complaint.objects.visible_to(request.user), request.user.district_id, today
        ),
        "enters": bool(permissions.handles_complaints(request.user)),
        "district": request.user.person.district,
    }
    return render(request, "whitelist/complaint_list.html", context)


def _tab(request: HttpRequest, tab: str) -> Any:
    rows = Complaint.objects
    found = rows.visible_to(request.user) if tab == "all" else rows.waiting_for(request.user)
    return found.for_list().order_by("-pk") if tab == "all" else found.for_list().order_by("due_on", "pk")


def _tabs(request: HttpRequest, active: str) -> list[dict[str, Any]]:
    here = reverse("whitelist:complaint_list")
    count = Complaint.objects.waiting_for(request.user).count()
    return [
        {"label": "待我办", "url": here, "active": active != "all", "count": count},
        {"label": "全部", "url": f"{here}?tab=all", "active": active == "all", "count": None},
    ]


def _matching(rows: Any, form: ComplaintSearch) -> Any:
    """By number or unit; never by what the writer wrote, which is sealed."""
    if not form.is_valid():
        return rows
    if form.cleaned_data["kind"]:
        rows = rows.filter(kind=form.cleaned_data["kind"])
    if form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])
    if finding := form.cleaned_data["finding"]:
        rows = rows.proved() if finding == PROVED_ONES else rows.filter(finding=finding)
    for word in form.cleaned_data["q"].split():
        rows = rows.filter(Q(number__icontains=word) | Q(accused__name__icontains=word)).distinct()
    return rows


def _line(row: Complaint, today: Any) -> dict[str, Any]:
    return {
        "complaint": row,
        "tone": screens.tone(row),
        "remaining": screens.remaining(row, today),
        "holder": screens.holder(row),
    }


@login_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    complaint = visible(request, pk)
    response = render(request, "whitelist/complaint_detail.html", detail_context(request, complaint))
    add_never_cache_headers(response)
    return response


def detail_context(request: HttpRequest, complaint: Complaint, said: str = "") -> dict[str, Any]:
    """What the page shows. Without being its handler: the road and the record, not a word of the writer's."""
    user, reads = request.user, bool(permissions.may_read_words(complaint, request.user))
    context = {
        "complaint": complaint,
        "said": said,
        "tone": screens.tone(complaint),
        "remaining": screens.remaining(complaint, dates.today()),
        "stages": screens.stages(complaint),
        "facts": screens.facts(complaint),
        "entries": screens.record(complaint),
        "acts": screens.acts(complaint, user),
        "repeats": screens.repeats(complaint),
        "papers": papers(complaint, user),
        "reads": reads,
        "takes": complaint.handler_id is None and bool(permissions.may_handle(complaint, user)),
        "hands_on": complaint.state not in ENDED and bool(permissions.may_assign(complaint, user)),
        "judges": complaint.fabrication_proposed and bool(permissions.may_judge_fabrication(complaint, user)),
    }
    return context | (_words(complaint, user) if reads else {})


def _words(complaint: Complaint, user: Any) -> dict[str, Any]:
    story = complaint.opened(complaint.story, "story")
    return {
        "story": story,
        "story_facts": [
            (label, story[name])
            for name, label in (("unit", "单位（原话）"), ("when", "时间"), ("school", "学校"))
            if story.get(name)
        ]
        + ([("对应的场次", tied)] if (tied := visits.tied_words(complaint)) else []),
        "ties": complaint.state not in ENDED and visits.possible_sessions(complaint).exists(),
        "evidence": list(complaint.evidence.order_by("pk")),
        "messages_told": conversation(complaint),
        "signed": bool(complaint.identity),
        "identity_told": erasure.identity_words(complaint, dates.today()),
        "evidence_told": erasure.evidence_words(complaint, dates.today()),
        "card": card_of(complaint),
        "removal_url": screens.removal_address(complaint),
        "sequels": [found for ask in registry.sequels if (found := ask(complaint, user))],
        "fabricated": fabricated_by(complaint),
    }


@login_required
@held_in_memory
def enter(request: HttpRequest) -> HttpResponse:
    """By telephone, letter, mail or visit."""
    require(permissions.handles_complaints(request.user))
    district = request.user.person.district
    asked = request.method == "POST"
    form = EnteredForm(
        request.POST if asked else None,
        request.FILES if asked else None,
        initial=_of_visit(request),
        district_id=district.pk,
    )
    if asked and form.is_valid():
        source = form.cleaned_data["source"]
        complaint, code = enter_complaint(
            district=district, report=Report(**form.told), source=source, by=request.user
        )
        response = render(
            request, "whitelist/complaint_entered.html", {"complaint": complaint, "receipt": code}
        )
        add_never_cache_headers(response)
        return response
    return render(request, "whitelist/complaint_enter.html", {"form": form})


def _of_visit(request: HttpRequest) -> dict[str, Any]:
    """Where it begins with a visit of somebody unlisted: who came, when and to which school."""
    key = key_of(request.GET.get("visit", ""))
    rows = Visit.objects.visible_to(request.user).unlisted().select_related("school")
    visit = rows.filter(pk=key).first() if key else None
    if visit is None:
        return {}
    day = dates.chinese_date(visit.day)
    return {"unit": visit.visitor, "when": day, "school": str(visit.school), "words": visit.purpose}
