"""The share of the 工作台: what a handler has to do and a leader to sign; no line tells more."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse

from jianfu.kernel import registry, sealing
from jianfu.kernel.registry import MANY, Matter
from jianfu.organisations.selectors import work_calendar
from whitelist.demo import complaint as demonstrated
from whitelist.models import Complaint
from whitelist.permissions.complaint import handles_complaints, may_reach_complaints, may_read_statistics
from whitelist.services.complaint import erased
from whitelist.states.complaint import ENDED, TO_SIGN


def todo_count(user: Any, _on: date) -> Any:
    """Exact for handlers; for others, who seldom have any, keys: counted in one query with more."""
    if not may_reach_complaints(user):
        return 0
    waiting = Complaint.objects.waiting_for(user).order_by()
    return waiting.count() if handles_complaints(user) else waiting.values("pk")


def todo(user: Any, on: date) -> list[Matter]:
    if not may_reach_complaints(user):
        return []
    urged = Count("reminders", Q(reminders__state=F("state")))
    rows = Complaint.objects.waiting_for(user).annotate(urged=urged).order_by("due_on", "pk")[:MANY]
    calendar = work_calendar()
    return [_matter(row, on, calendar) for row in rows]


def _matter(row: Any, on: date, calendar: Any) -> Matter:
    return Matter(
        title=f"{row.get_kind_display()} {row.number}",
        url=reverse("whitelist:complaint_detail", args=[row.pk]),
        kind="投诉",
        tone="amber",
        origin=row.get_source_display(),
        received_at=row.state_entered_at,
        remaining=calendar.remaining(row.due_on, on) if row.due_on else None,
        action="办理" if row.handler_id or row.state in TO_SIGN else "领办",
        stage=row.get_state_display(),
        urged=row.urged,
    )


def _done(user: Any) -> Any:
    rows = Complaint.objects.visible_to(user).filter(state__in=ENDED)
    return rows.filter(Q(handler_id=user.pk) | Q(signer_id=user.person_id))


def done_count(user: Any, _on: date) -> Any:
    return _done(user).order_by().values("pk") if may_reach_complaints(user) else 0


def done(user: Any, _on: date) -> list[Matter]:
    if not may_reach_complaints(user):
        return []
    return [
        Matter(
            title=f"投诉举报 {row.number}",
            url=row.get_absolute_url(),
            kind="投诉",
            tone="green",
            origin=row.get_source_display(),
            received_at=row.state_entered_at,
            remaining=None,
            action="查看",
            stage=row.get_state_display(),
            ended=True,
        )
        for row in _done(user).order_by("-state_entered_at", "-pk")[:MANY]
    ]


def register() -> None:
    """Their history tells steps and units; what the writer wrote was never in it."""
    registry.foundations.register("complaint_key", sealing.create_keys)
    registry.daily.register("complaints", erased)
    share = registry.Desk(todo, todo_count, done=done, done_count=done_count)
    registry.desks.register("complaints", share)
    page, numbers = "whitelist:complaint_list", "whitelist:complaint_statistics"
    reaches = registry.NavEntry("投诉举报", page, 45, lambda by: bool(handles_complaints(by)))
    registry.navigation.register("complaints", reaches)
    reads = registry.NavEntry("投诉统计", numbers, 60, lambda by: bool(may_read_statistics(by)))
    registry.analyses.register("complaints", reads)
    historied = registry.Historied(Complaint, "投诉举报", Complaint.objects.visible_to)
    registry.historied.register("complaint", historied)
    registry.demonstrations.register("complaints", (35, demonstrated.load))
