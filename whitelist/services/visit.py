"""What a school says of a visit. Nobody owes a word: what was planned and not denied took place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Decision, allow, refuse, require
from jianfu.kernel.policy import figure_value
from jianfu.kernel.workflow import locked, save_tracked
from whitelist import permissions
from whitelist.figures import EDIT_DAYS
from whitelist.models import Session, Visit
from whitelist.states import KNOWN, RefusalReason, VisitKind

visit_recorded = Signal()
"""Sent inside the transaction with ``instance`` (the visit) and ``by``: the register of refusals listens."""


def record_visit(*, session: Session, by: Any, kind: str, reason: str = "", note: str = "") -> Visit:
    """The school's word about a session; said again, it replaces what was said before."""
    with transaction.atomic():
        fresh = locked(session)
        require(permissions.may_answer_for(fresh.school_id, by))
        require(_may_be_said(fresh, kind, reason))
        visit = Visit.objects.select_for_update().filter(session=fresh).first()
        visit = visit or Visit(
            district_id=fresh.activity.district_id, session=fresh, school_id=fresh.school_id
        )
        visit.kind, visit.reason, visit.day = kind, reason if kind == VisitKind.REFUSED else "", fresh.day
        visit.note = note.strip()[:300]
        return _keep(visit, by)


def record_unlisted(
    *, school: Any, by: Any, kind: str, visitor: str, purpose: str = "", day: date | None = None
) -> Visit:
    """Somebody came whom nobody announced: refused, or let in (R62, R63). The same sent again is one row."""
    require(permissions.may_answer_for(school.pk, by))
    on = day or dates.today()
    decision = allow() if visitor.strip() else refuse("填写来校单位，不清楚的写“未说明单位”")
    if on > dates.today():
        decision &= refuse(f"来校日期不能晚于今天（{dates.chinese_date(dates.today())}）")
    require(decision)
    said = {"day": on, "kind": kind, "visitor": visitor.strip()[:100], "purpose": purpose.strip()[:200]}
    with transaction.atomic():
        known = Visit.objects.filter(school=school, recorded_by=by.person, **said).first()
        return known or _keep(Visit(district_id=school.district_id, school=school, **said), by)


def _keep(visit: Visit, by: Any) -> Visit:
    visit.recorded_by, visit.recorded_at = by.person, dates.now()
    words = visit.get_kind_display()
    save_tracked(visit, by=by, reason=f"登记：{words}")
    data = {"kind": visit.kind, "reason": visit.reason}
    trail.record(action=f"visit.{visit.kind}", target=visit, by=by, note=visit.note, data=data)
    visit_recorded.send(sender=Visit, instance=visit, by=by)
    return visit


def _may_be_said(session: Session, kind: str, reason: str) -> Decision:
    """On the day and for some days after, of what the school was told would come."""
    today, day = dates.today(), dates.chinese_date(session.day)
    days = figure_value(EDIT_DAYS, session.activity.district_id, today)
    decision = allow()
    if session.activity.state not in KNOWN or session.called_off_at:
        decision &= refuse(f"{day}这一场已取消，不用登记。有人照样来了的，登记为“不在名单内来校”")
    if session.day > today:
        decision &= refuse(f"这一场在{day}，到那一天才能登记")
    if session.day + timedelta(days=days) < today:
        decision &= refuse(f"{day}这一场已超过 {days} 天，不再更改。有问题请通过“反映问题”说明")
    if kind == VisitKind.REFUSED and reason not in RefusalReason.values:
        decision &= refuse("选一个拒绝原因")
    return decision
