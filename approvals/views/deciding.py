"""The table of a round: marks, one by one or in bulk, and putting all of them into force."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from approvals import round_permissions, services
from approvals.agenda import Line, before_label, counted, lines_of, totals
from approvals.forms.round import LineForm, MarkForm, MeetingForm
from approvals.models import Application, Assignment, Round
from approvals.services import Marking
from approvals.states import CAMPUS, PASSING, UNDER_WAY, RoundStage, RoundState
from approvals.verdicts import REJECT_PHRASES, RETURN_PHRASES, VERDICTS
from approvals.views.rounds import TONES, visible
from approvals.workflow import ROUND
from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.kernel.exchange import version_of
from jianfu.organisations.selectors import experts

TARGETS = 200  # numbers offered for 并入; any other may be typed


@login_required
def round_detail(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = visible(request, pk)
    lines = lines_of(round_, request.user)
    if round_.state != RoundState.OPEN or not round_permissions.may_prepare_round(round_, request.user):
        return render(request, "approvals/round_result.html", _result(round_, lines))
    return render(request, "approvals/round_detail.html", _table(request, round_, lines))


def _result(round_: Round, lines: list[Line]) -> dict[str, Any]:
    return {
        "round": round_,
        "tone": TONES[RoundState(round_.state)],
        "lines": lines,
        "counted": counted(round_, lines),
        "in_force": round_.state == RoundState.IN_FORCE,
    }


def _table(request: HttpRequest, round_: Round, lines: list[Line]) -> dict[str, Any]:
    """The lines with their controls; those that were refused keep what was typed, and say why."""
    for line in lines:
        if line.form is None:
            line.form = LineForm(item=line.item, stage=round_.stage)
    today = dates.today()
    return {
        "round": round_,
        "lines": lines,
        "verdicts": VERDICTS[RoundStage(round_.stage)],
        "before_label": before_label(round_.stage),
        "totals": totals(round_, lines, today),
        "bulk": MarkForm(stage=round_.stage, prefix="bulk", initial={"verdict": "pass"}),
        "targets": _targets(round_),
        "phrases": {"return": RETURN_PHRASES, "reject": REJECT_PHRASES},
        "may_decide": bool(round_permissions.may_put_in_force(round_, request.user)),
        "counted": counted(round_, lines),
    }


def _targets(round_: Round) -> Any:
    """(number, title) of what another application may be merged into."""
    rows = Application.objects.filter(district_id=round_.district_id, state__in=UNDER_WAY, road__in=CAMPUS)
    return rows.order_by("-pk").values_list("number", "title")[:TARGETS]


@login_required
@require_POST
def round_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """保存标记, 对所选统一标记, or on to 核对: what was typed is saved in each case."""
    round_ = visible(request, pk)
    lines = lines_of(round_, request.user)
    markings, refused = _typed(request, round_, lines)
    if request.POST.get("action") == "bulk":
        markings, said = _bulk(request, round_, lines, markings)
        if said:
            messages.warning(request, said)
    if markings:
        refused |= _saved(request, round_, markings)
    if not refused:
        if markings:
            messages.success(request, f"已保存 {len(markings)} 项的拟定结果，生效前申报单位看不到")
        going = request.POST.get("action") == "confirm"
        return redirect("approvals:round_confirm", pk) if going else redirect(round_)
    return _again(request, visible(request, pk), refused)


def _typed(
    request: HttpRequest, round_: Round, lines: list[Line]
) -> tuple[list[Marking], dict[int, tuple[LineForm | None, str]]]:
    """The lines that were changed on the page; those that do not read, with what to do about it."""
    markings, refused = [], {}
    for line in lines:
        form = LineForm(request.POST, item=line.item, stage=round_.stage)
        if not form.touched:
            continue
        if form.is_valid():
            markings.append(form.marking())
        else:
            refused[line.item.pk] = (form, "".join(str(e) for es in form.errors.values() for e in es))
    return markings, refused


def _bulk(
    request: HttpRequest, round_: Round, lines: list[Line], markings: list[Marking]
) -> tuple[list[Marking], str]:
    """One mark for all ticked lines, over what was typed on them; the manner of each stays its own."""
    form = MarkForm(request.POST, stage=round_.stage, prefix="bulk")
    ticked = request.POST.getlist("chosen")
    chosen = [line for line in lines if str(line.item.pk) in ticked and not line.gone]
    if not form.is_valid() or not form.cleaned_data["verdict"]:
        return markings, "选择统一标记的结果，再点“统一标记”"
    if not chosen:
        return markings, "先勾选要统一标记的申请"
    common = form.marks()
    bulk = []
    for line in chosen:
        own = LineForm(request.POST, item=line.item, stage=round_.stage)
        own.is_valid()
        shown = own.cleaned_data.get("version"), own.cleaned_data.get("content")
        manner = common.get("integration") or own.cleaned_data.get("integration", [])
        bulk.append(Marking(line.item.pk, {**common, "integration": manner}, *shown))
    keys = {marking.item_id for marking in bulk}
    return [*(each for each in markings if each.item_id not in keys), *bulk], ""


def _saved(
    request: HttpRequest, round_: Round, markings: list[Marking]
) -> dict[int, tuple[LineForm | None, str]]:
    """Saves; of those not saved, why: a colleague's newer mark is shown instead of what was typed."""
    refused = services.save_marks(round_=round_, by=request.user, markings=markings)
    return {item_id: (None, no.decision.text) for item_id, no in refused.items()}


def _again(
    request: HttpRequest, round_: Round, refused: dict[int, tuple[LineForm | None, str]]
) -> HttpResponse:
    lines = lines_of(round_, request.user)
    for line in lines:
        if line.item.pk in refused:
            line.form, line.said = refused[line.item.pk]
    context = _table(request, round_, lines)
    context["refused"] = [(line.number, line.item.pk, line.said) for line in lines if line.said]
    return render(request, "approvals/round_detail.html", context, status=409)


@login_required
def round_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """What is decided, in numbers, with the meeting's day and 会议纪要; one button puts it into force."""
    round_ = visible(request, pk)
    if round_.state != RoundState.OPEN:
        return redirect(round_)
    form = MeetingForm(request.POST or None, round_=round_, heads=_heads(round_))
    said, status = "", 200
    if request.method == "POST" and form.is_valid():
        try:
            return _put_in_force(request, round_, form)
        except Refused as refused:
            said = refused.decision.reasons
            status = 409 if isinstance(refused, Conflicted) else 200
    lines = lines_of(round_, request.user)
    decision = ROUND.decide(round_, "put_in_force", request.user)
    context = _result(round_, lines) | {"form": form, "said": said, "lacking": decision.reasons}
    context["totals"] = totals(round_, lines, dates.today())
    context["conflicts"] = [line for line in lines if not line.kept_from]
    context["declined"] = [line for line in lines if line.item.outcome not in {"", *PASSING}]
    return render(request, "approvals/round_confirm.html", context, status=status)


def _put_in_force(request: HttpRequest, round_: Round, form: MeetingForm) -> HttpResponse:
    data = form.cleaned_data
    services.put_in_force(
        round_=round_,
        by=request.user,
        met_on=data["met_on"],
        meeting_number=data["meeting_number"],
        head=data.get("head"),
        expected_version=version_of(request),
    )
    messages.success(request, f"“{round_}”已生效，各单位现在能看到结果")
    return redirect(round_)


def _heads(round_: Round) -> Any:
    """Who handed in an opinion on any of the lines; each line then asks for its own panel's."""
    given = Assignment.objects.counting().current().filter(opinion__submitted_at__isnull=False)
    rows = given.filter(application__round_items__round=round_)
    return experts(round_.district_id, dates.today()).filter(pk__in=rows.values("expert_id"))
