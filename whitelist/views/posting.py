"""公示: the list before it is final, and objections to it. Reading is public; objecting needs no account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused, refuse, require
from jianfu.kernel.exchange import version_of, visitor_address
from jianfu.organisations.selectors import districts
from whitelist import exports, permissions, services
from whitelist.forms import AnswerForm, ObjectionForm
from whitelist.models import Objection, Release
from whitelist.posting import answers_of, posted_release
from whitelist.proposal import proposal_of
from whitelist.states import OBJECTION_TONES, ObjectionState
from whitelist.workflow import OBJECTION

from .caching import public_page

TRIES, MINUTES = 5, 60


@public_page
def posting(request: HttpRequest, code: str) -> HttpResponse:
    """What is posted today, as it would be published; or that nothing is."""
    district = get_object_or_404(districts(), code=code)
    release = posted_release(district.pk)
    proposal = proposal_of(release, dates.today()) if release else None
    context = {
        "district": district,
        "release": release,
        "over": bool(release and release.posted_until and release.posted_until < dates.today()),
        "lines": exports.shown(proposal.lines(), code) if proposal else [],
        "gone": proposal.gone if proposal else [],
        "columns": exports.COLUMNS,
        "tagged": bool(release and release.tells_what_is_new),
        "answers": answers_of(release) if release else [],
        "public_active": "list",
    }
    return render(request, "whitelist/public_posting.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def objection_new(request: HttpRequest, code: str) -> HttpResponse:
    """Anybody, without a name. Counted for the place it comes from, for an hour, and nowhere kept."""
    district = get_object_or_404(districts(), code=code)
    release = posted_release(district.pk)
    if release is None:
        return redirect("whitelist:public_posting", code)
    form = ObjectionForm(request.POST or None, applications=release.applications.all(), public=True)
    if request.method == "POST" and form.is_valid() and _may_try(request, form):
        with form.showing_refusals():
            services.object_to(release=release, **form.words)
            context = {"district": district, "release": release, "public_active": "list"}
            return render(request, "whitelist/public_objected.html", context)
    context = {"district": district, "release": release, "form": form, "public_active": "list"}
    return render(request, "whitelist/public_objection.html", context)


def _may_try(request: HttpRequest, form: Any) -> bool:
    key = f"whitelist.objection.{visitor_address(request)}"
    cache.add(key, 0, MINUTES * 60)
    if cache.incr(key) <= TRIES:
        return True
    form.add_error(None, f"一小时内最多提 {TRIES} 次异议，过一会儿再提，或拨打监督电话")
    return False


@login_required
@require_http_methods(["GET", "POST"])
def objection_record(request: HttpRequest, pk: int) -> HttpResponse:
    """What came by telephone or mail, written down by the office."""
    release = get_object_or_404(Release.objects.visible_to(request.user), pk=pk)
    require(permissions.may_record_objection(release, request.user))
    form = ObjectionForm(request.POST or None, applications=release.applications.all(), public=False)
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            made = services.object_to(release=release, by=request.user, **form.words)
            messages.success(request, f"已登记{made}，请在送签前答复")
            return redirect(release)
    context = {
        "title": "登记异议",
        "question": f"{release}公示期间，公众用电话、来信等提出的异议，逐件登记、逐件答复。",
        "form": form,
        "verb": "登记异议",
        "cancel_url": release.get_absolute_url(),
    }
    return render(request, "components/confirm_page.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def objection_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection and its answer."""
    rows = Objection.objects.visible_to(request.user)
    objection = get_object_or_404(rows.select_related("release", "application", "answered_by"), pk=pk)
    form = AnswerForm(request.POST or None, objection=objection)
    said: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, objection, form)
        except Refused as refused:
            said = refused.decision.reasons
        else:
            messages.success(request, f"已答复{objection}")
            return redirect(objection.release)
    context = {
        "objection": objection,
        "tone": OBJECTION_TONES[ObjectionState(objection.state)],
        "facts": _facts(objection),
        "form": form,
        "note": request.POST.get("note", ""),
        "options": OBJECTION.available(objection, request.user),
        "said": [{"target": "", "words": words} for words in said],
    }
    return render(request, "whitelist/objection_detail.html", context)


def _answer(request: HttpRequest, objection: Objection, form: AnswerForm) -> None:
    name = request.POST.get("transition", "")
    if name not in OBJECTION.transitions:
        raise Refused(refuse("选择“采纳”或“不采纳”"))
    services.answer_objection(
        objection=objection,
        name=name,
        by=request.user,
        note=request.POST.get("note", ""),
        data=form.cleaned_data if name == "adopt" else {},
        expected_version=version_of(request),
    )


def _facts(objection: Objection) -> list[tuple[Any, ...]]:
    answered = f"{objection.get_state_display()}：{objection.answer}" if objection.answer else "还没有答复"
    return [
        ("针对", objection.about),
        ("来源", objection.get_channel_display()),
        ("收到", dates.chinese_date(objection.received_at.date())),
        ("联系方式", objection.contact or "没有留"),
        ("异议内容", objection.content, True),
        ("答复", answered, True),
    ]
