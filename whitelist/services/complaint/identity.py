"""The writer's name and telephone: opened for the assigned handler alone, and never without a trace.

False reports (B6: two are a yellow card, three a red one) are weighed without unmasking anybody: only what
a leader marks as fabricated counts, only for a telephone that was called back, and only the handler of a
later report under the same, also called back, learns the number of them. An anonymous report is weighed by
nothing, and who is refused is told so and may call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import refuse, require
from jianfu.kernel.workflow import locked, save_tracked
from whitelist.complaints import erasure, guards
from whitelist.complaints.figures import RED_CARD, YELLOW_CARD, value_of
from whitelist.models import Complaint
from whitelist.permissions.complaint import is_handler, may_judge_fabrication
from whitelist.states.complaint import Finding


@dataclass(frozen=True)
class Identity:
    name: str
    phone: str


def view_identity(*, complaint: Complaint, by: Any, reason: str) -> Identity:
    """Open it. The event, with its reason, is written before anything is shown."""
    with transaction.atomic():
        fresh = locked(complaint)
        require(is_handler(fresh, by))
        reason = reason.strip()
        require(erasure.is_still_needed(fresh, dates.today()))
        if not fresh.identity:
            require(refuse("这一件没有署名，只能在“问答”里联系反映人"))
        if not reason:
            require(refuse("填写为什么要看，如：回访核实时间和地点"))
        known = fresh.opened(fresh.identity, "identity")
        require(guards.keeps_the_writer(fresh, reason))
        trail.record(action="complaint.identity_viewed", target=fresh, by=by, note=reason[:200])
    return Identity(known.get("name", ""), known.get("phone", ""))


def confirm_identity(*, complaint: Complaint, by: Any) -> Complaint:
    """The handler called the telephone, and the person there had written it. Anybody can type a number."""
    with transaction.atomic():
        fresh = locked(complaint)
        require(is_handler(fresh, by))
        if not fresh.identity_digest:
            require(refuse("这一件没有留电话，不能回访核实"))
        require(erasure.is_still_needed(fresh, dates.today()))
        fresh.identity_confirmed_on = dates.today()
        save_tracked(fresh, by=by, reason="回访核实署名")
        trail.record(action="complaint.identity_confirmed", target=fresh, by=by)
    return fresh


def propose_fabrication(*, complaint: Complaint, by: Any) -> Complaint:
    """The handler asks the leading group: 捏造 is more than 不属实, which honest people get, too."""
    with transaction.atomic():
        fresh = locked(complaint)
        require(is_handler(fresh, by))
        if fresh.finding != Finding.UNFOUNDED:
            require(refuse("只有认定为“不属实”的，才谈得上捏造"))
        if not (fresh.identity_confirmed_on and fresh.identity_digest):
            require(refuse("没有回访核实署名的不计：匿名的无从计起，电话也可能是别人冒填的"))
        if fresh.fabricated_on:
            require(refuse("这一件已经认定捏造"))
        fresh.fabrication_proposed = True
        save_tracked(fresh, by=by, reason="提请认定捏造")
        trail.record(action="complaint.fabrication_proposed", target=fresh, by=by)
    return fresh


def judge_fabrication(*, complaint: Complaint, by: Any, fabricated: bool) -> Complaint:
    """A leader who did not check it says yes or no."""
    with transaction.atomic():
        fresh = locked(complaint)
        require(may_judge_fabrication(fresh, by))
        if not fresh.fabrication_proposed:
            require(refuse("办理人没有提请认定捏造"))
        fresh.fabrication_proposed = False
        fresh.fabricated_on = dates.today() if fabricated else None
        save_tracked(fresh, by=by, reason="认定捏造" if fabricated else "不认定捏造")
        trail.record(action="complaint.fabrication_judged", target=fresh, by=by, destination=str(fabricated))
    return fresh


def fabricated_by(complaint: Complaint) -> int:
    """How many under the same telephone were found fabricated; 0 until this one was called back, too."""
    if not (complaint.identity_digest and complaint.identity_confirmed_on):
        return 0
    same = Complaint.objects.filter(
        district_id=complaint.district_id,
        identity_digest=complaint.identity_digest,
        identity_confirmed_on__isnull=False,
        fabricated_on__isnull=False,
    )
    return same.exclude(pk=complaint.pk).count()


def card_of(complaint: Complaint) -> str:
    """黄牌, 红牌, or nothing."""
    count, today = fabricated_by(complaint), dates.today()
    if count >= value_of(RED_CARD, complaint.district_id, today):
        return "红牌"
    return "黄牌" if count >= value_of(YELLOW_CARD, complaint.district_id, today) else ""
