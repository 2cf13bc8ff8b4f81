"""批次: the rounds of the district, a new one, what it gathers, its paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from approvals import round_permissions, services
from approvals.agenda import lines_of
from approvals.agenda_paper import agenda_paper
from approvals.forms.round import NewRoundForm
from approvals.models import Application, Round
from approvals.states import STATE_OF_STAGE, RoundStage, RoundState
from approvals.workflow import ROUND
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused, refuse, require
from jianfu.kernel.exchange import file_answer, key_of, keys_of
from jianfu.organisations.selectors import work_calendar

PAGE = 30
OFFERED = 100  # the most urgent ones: more than a meeting decides
TONES = {RoundState.OPEN: "blue", RoundState.IN_FORCE: "green", RoundState.DISSOLVED: "grey"}


def visible(request: HttpRequest, pk: int) -> Round:
    return get_object_or_404(Round.objects.visible_to(request.user), pk=pk)


@login_required
def round_list(request: HttpRequest) -> HttpResponse:
    require(round_permissions.may_read_rounds(request.user))
    rows = Round.objects.visible_to(request.user).select_related("created_by__person")
    counted = rows.annotate(lines=Count("items"), marked=Count("items", filter=~Q(items__outcome="")))
    page = Paginator(counted.order_by("-pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [{"row": row, "tone": TONES[RoundState(row.state)]} for row in page],
        "stages": round_permissions.round_stages(request.user),
    }
    return render(request, "approvals/round_list.html", context)


@login_required
def round_new(request: HttpRequest) -> HttpResponse:
    """Stage from the address; all that waits there is ticked."""
    stages = round_permissions.round_stages(request.user)
    if not stages:
        require(refuse("批次由领导小组办公室经办人、初审人和领导小组成员准备"))
    stage = next((each for each in stages if each == request.GET.get("stage")), stages[-1])
    form = NewRoundForm(request.POST or None, initial={"title": _title(request.user, stage)})
    said = ""
    if request.method == "POST" and form.is_valid():
        try:
            round_ = services.open_round(
                by=request.user,
                stage=stage,
                title=form.cleaned_data["title"],
                applications=_ticked(request, stage),
            )
            return redirect(round_)
        except Refused as refused:
            said = refused.decision.text
    context = {"heading": "新建批次", "form": form, "stage": stage, "said": said, **_offer(request, stage)}
    context["tabs"] = [{"label": s.label, "url": f"?stage={s}", "active": s == stage} for s in stages]
    return render(request, "approvals/round_new.html", context)


def _title(by: Any, stage: RoundStage) -> str:
    """2026年第3批（区教委初审）"""
    year = dates.today().year
    rows = Round.objects.filter(district_id=by.district_id, stage=stage, created_at__year=year)
    number = rows.exclude(state=RoundState.DISSOLVED).count() + 1
    return f"{year}年第{number}批（{stage.label}）"


def _waiting(by: Any, stage: str) -> Any:
    rows = Application.objects.visible_to(by).campus().filter(state=STATE_OF_STAGE[RoundStage(stage)])
    return rows.outside_open_rounds()


def _ticked(request: HttpRequest, stage: str) -> list[Application]:
    return list(_waiting(request.user, stage).filter(pk__in=keys_of(request.POST.getlist("chosen"))))


def _offer(request: HttpRequest, stage: str) -> dict[str, Any]:
    """The table to tick in: everything ticked at first, afterwards what was ticked."""
    today, calendar = dates.today(), work_calendar()
    rows = list(_waiting(request.user, stage).for_lines().order_by_urgency()[:OFFERED])
    kept = set(request.POST.getlist("chosen")) if request.method == "POST" else {str(row.pk) for row in rows}
    lines = [
        {
            "row": row,
            "ticked": str(row.pk) in kept,
            "remaining": calendar.remaining(row.due_on, today) if row.due_on else None,
        }
        for row in rows
    ]
    return {"lines": lines, "count": sum(line["ticked"] for line in lines), "more": len(rows) == OFFERED}


@login_required
def round_add(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits at the stage meanwhile joins an open round."""
    round_ = visible(request, pk)
    require(round_permissions.may_prepare_round(round_, request.user))
    said = ""
    if request.method == "POST":
        try:
            ticked = _ticked(request, round_.stage)
            services.add_to_round(round_=round_, by=request.user, applications=ticked)
            messages.success(request, f"已加入 {len(ticked)} 项")
            return redirect(round_)
        except Refused as refused:
            said = refused.decision.text
    offer = _offer(request, round_.stage)
    context = {
        "heading": f"加入申请：{round_}",
        "round": round_,
        "stage": RoundStage(round_.stage),
        "said": said,
        **offer,
    }
    return render(request, "approvals/round_new.html", context)


@login_required
@require_POST
def round_remove(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = visible(request, pk)
    key = key_of(request.POST.get("remove", ""))
    items = round_.items.select_related("application", "round")
    item = items.filter(pk=key).first()
    if item is None:
        messages.warning(request, "这一项已经不在批次里")
        return redirect(round_)
    services.remove_from_round(item=item, by=request.user)
    messages.success(request, f"已把“{item.application}”移出批次，它仍在“{round_.get_stage_display()}”")
    return redirect(round_)


@login_required
def round_dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = visible(request, pk)
    require(ROUND.decide(round_, "dissolve", request.user))
    if request.method == "POST":
        services.dissolve(round_=round_, by=request.user)
        messages.success(request, f"已撤销批次“{round_}”")
        return redirect("approvals:round_list")
    context = {
        "title": "撤销批次",
        "question": f"撤销“{round_}”？",
        "consequence": "其中的申请留在原来的环节，已标记的结果不再使用；申报单位看不到这个批次。",
        "facts": [("环节", round_.get_stage_display()), ("申请", f"{round_.items.count()} 项")],
        "verb": "撤销批次",
        "tone": "danger",
        "cancel_url": round_.get_absolute_url(),
    }
    return render(request, "components/confirm_page.html", context)


@login_required
def round_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """会议议题表 before the meeting, 会议议定事项表 once it is in force."""
    round_ = visible(request, pk)
    pdf = agenda_paper(round_, lines_of(round_, request.user))
    return file_answer(pdf, str(round_), "pdf")
