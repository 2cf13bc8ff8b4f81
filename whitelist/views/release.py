"""One release inside: what it will list, what it lists, and the steps of its road."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused, refuse
from jianfu.kernel.exchange import version_of
from jianfu.kernel.workflow import Option
from whitelist import exports, listing, services
from whitelist.figures import POSTING, SIGNATURE
from whitelist.forms import PaperSignatureForm, SignatureForm
from whitelist.models import Release
from whitelist.permissions import may_prepare, may_record_objection
from whitelist.proposal import Proposal, proposal_of
from whitelist.states import OBJECTION_TONES, PREPARED, TONES, Kind, ObjectionState, State
from whitelist.totals import total_warnings
from whitelist.workflow import RELEASE

PAGE = 50
DONE = {
    "post": "已开始公示，公众可以查看、提出异议",
    "submit": "已送领导小组签发",
    "sign": "已签发，由领导小组办公室公布",
    "sign_on_paper": "已登记签发，可以公布",
    "return_": "已退回领导小组办公室",
    "recall": "已撤回，改好后重新办理",
    "publish": "已公布，公众可见",
}
FORM_NAMES = {Kind.CAMPUS: "whitelist:release_form", Kind.EXEMPT: "whitelist:release_form_exempt"}
FORMS = {"sign": SignatureForm, "sign_on_paper": PaperSignatureForm}
# A step that the district does not ask for is no step: it is left out, not shown as refused.
_AS_THE_DISTRICT_ASKS = {SIGNATURE.code, POSTING.code}
PHRASES = ("请核对第　项的开展时间和范围。", "请补充移出事项的原因。")


@login_required
@require_http_methods(["GET", "POST"])
def release_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """On its way: the public page to come, and what may be done. Published: what it lists."""
    release = _found(request, pk)
    if request.method == "POST":
        return _take(request, release)
    return _opened(request, release, {}) if release.is_open else _published(request, release)


def _found(request: HttpRequest, pk: int) -> Release:
    rows = Release.objects.visible_to(request.user).filter(kind__in=PREPARED)
    found: Release = get_object_or_404(
        rows.select_related("district", "published_by__person", "signed_by"), pk=pk
    )
    return found


def _take(request: HttpRequest, release: Release) -> HttpResponse:
    name, note = request.POST.get("transition", ""), request.POST.get("note", "")
    kind: Any = FORMS.get(name)
    more = {"district_id": release.district_id, "on": dates.today()} if name == "sign_on_paper" else {}
    form = kind(request.POST, **more) if kind else None
    typed = {"form": form, "name": name, "note": note}
    if name not in DONE:
        return _again(request, release, {**typed, "said": refuse("选择要办理的步骤，点下面的按钮").reasons})
    if form is not None and not form.is_valid():
        return _again(request, release, typed)
    try:
        done = services.advance(
            release=release,
            name=name,
            by=request.user,
            note=note,
            data=form.cleaned_data if form else {},
            expected_version=version_of(request),
        )
    except Refused as refused:
        return _again(request, _found(request, release.pk), {**typed, "said": refused.decision.reasons})
    messages.success(request, f"{done}：{DONE[name]}")
    return redirect(done if name != "return_" else "desk")


def _again(request: HttpRequest, release: Release, typed: Mapping[str, Any]) -> HttpResponse:
    """The page with what was refused; one that was published meanwhile has no step left."""
    if release.is_open:
        return _opened(request, release, typed)
    for words in typed.get("said", ()):
        messages.error(request, words)
    return _published(request, release)


def _opened(request: HttpRequest, release: Release, typed: Mapping[str, Any]) -> HttpResponse:
    proposal = proposal_of(release, dates.today())
    decision = proposal.decide()
    context = {
        "release": release,
        "tone": TONES[State(release.state)],
        "district": release.district,
        "lines": exports.shown(proposal.lines(), release.district.code),
        "gone": proposal.gone,
        "columns": exports.COLUMNS,
        "tagged": release.tells_what_is_new,
        "counts": _counts(proposal),
        "refusals": decision.reasons,
        "warnings": _warnings(release, proposal),
        "facts": _road_facts(release),
        "objections": _objections(release, request.user),
        "may_record": bool(may_record_objection(release, request.user)),
        "steps": list(release.steps.select_related("person", "on_behalf_of")),
        "today": dates.today(),
        "said": [{"target": "", "words": words} for words in typed.get("said", ())],
        "editable": release.state == State.DRAFTED,
        "prepares": bool(may_prepare(request.user)),
        "edit_url": reverse(FORM_NAMES[release.kind]),
        **(_acts(request, release, typed) if decision else {}),
    }
    return render(request, "whitelist/release_preview.html", context)


def _warnings(release: Release, proposal: Proposal) -> list[str]:
    if release.kind != Kind.CAMPUS:
        return []
    return total_warnings(release.district_id, release.year, [*proposal.kept, *proposal.added])


def _objections(release: Release, by: Any) -> list[tuple[Any, str]]:
    """With what was written, for those who answer."""
    rows = release.objections.visible_to(by).select_related("application")
    return [(row, OBJECTION_TONES[ObjectionState(row.state)]) for row in rows]


def _counts(proposal: Proposal) -> str:
    return "，".join(f"{label} {count} 项" for label, count in proposal.counts.items() if count)


def _acts(request: HttpRequest, release: Release, typed: Mapping[str, Any]) -> dict[str, Any]:
    options = [each for each in RELEASE.available(release, request.user) if not _not_asked_for(each)]
    wanted = next((each.transition for each in options if each.transition.note_required), None)
    name, form = typed.get("name"), typed.get("form")
    paper = form if name == "sign_on_paper" else None
    if paper is None and RELEASE.decide(release, "sign_on_paper", request.user):
        paper = PaperSignatureForm(district_id=release.district_id, on=dates.today())
    signing = any(each.transition.name == "sign" and each.decision for each in options)
    return {
        "options": options,
        "step_form": (form if name == "sign" else SignatureForm()) if signing else None,
        "paper_form": paper,
        "opinion_label": wanted.note_label if wanted else "",
        "note_needed": all(each.transition.note_required for each in options if each.decision),
        "note": typed.get("note", ""),
        "phrases": PHRASES if any(each.transition.name == "return_" for each in options) else (),
        "consequence": _consequence({each.transition.name for each in options if each.decision}),
    }


def _not_asked_for(option: Option) -> bool:
    codes = {refusal.code for refusal in option.decision.refusals}
    return bool(codes & _AS_THE_DISTRICT_ASKS) and option.transition.name in _OTHER_WAYS


_OTHER_WAYS = {"post", "submit", "publish"}


def _consequence(names: set[str]) -> str:
    if "publish" in names:
        return "公布后公众不用登录即可看到，这一版不能再改；移出其中一项须由领导小组决定。"
    if "submit" in names:
        return "送签后不能再改；领导小组签发后由办公室公布，公布前公众看不到。"
    if "sign" in names:
        return "签发后由领导小组办公室公布。名单有不妥的，写明理由退回。"
    return ""


def _road_facts(release: Release) -> list[tuple[str, Any]]:
    """What was registered on the way, as far as it came."""
    span = ""
    if release.posted_on and release.posted_until:
        span = f"{dates.chinese_date(release.posted_on)}至{dates.chinese_date(release.posted_until)}"
    signed = f"{release.signed_by}，{dates.chinese_date(release.signed_on)}" if release.signed_on else ""
    number = release.meeting_number
    facts = [("公示", span), ("签发", signed), ("会议纪要或签发文号", number)]
    return [(label, words) for label, words in facts if words]


def _published(request: HttpRequest, release: Release) -> HttpResponse:
    shown = listing.of_release(release.district, release, dates.today())
    page = Paginator(shown.rows, PAGE).get_page(request.GET.get("page"))
    code = release.district.code
    context = {
        "release": release,
        "district": release.district,
        "page": page,
        "lines": exports.shown(shown.lines(page.object_list, first=page.start_index()), code),
        "gone": shown.departures,
        "public_url": shown.address_of(release),
        "columns": exports.COLUMNS,
        "tagged": release.tells_what_is_new,
        "facts": _facts(release, page.paginator.count),
        "objections": _objections(release, request.user),
        "steps": list(release.steps.select_related("person", "on_behalf_of")),
    }
    return render(request, "whitelist/release_detail.html", context)


def _facts(release: Release, count: int) -> list[tuple[str, Any]]:
    return [
        ("公布日期", dates.chinese_date(release.published_on)),
        ("公布文号", release.document_number or "—"),
        ("公布人", str(release.published_by)),
        ("事项", f"{count} 项"),
        *_road_facts(release),
    ]
