"""The office's share of the 工作台: one matter for the next release, however many applications wait."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse

from approvals.selectors import awaiting_publication
from jianfu.kernel.registry import MANY, Matter
from jianfu.organisations.selectors import work_calendar
from whitelist.models import Release
from whitelist.permissions import may_prepare


def todo_count(user: Any, _on: date) -> int:
    """1 while anything waits to be published."""
    if not may_prepare(user):
        return 0
    return int(awaiting_publication(user.district_id).exists())


def todo(user: Any, on: date) -> list[Matter]:
    if not may_prepare(user):
        return []
    waiting = awaiting_publication(user.district_id).order_by()
    found = waiting.aggregate(count=Count("pk"), due=Min("due_on"), since=Min("state_entered_at"))
    if not found["count"]:
        return []
    return [
        Matter(
            title=f"公布白名单：{found['count']} 项待公布",
            url=reverse("whitelist:release_form"),
            kind="白名单",
            tone="blue",
            origin="备案完成",
            received_at=found["since"],
            remaining=work_calendar().remaining(found["due"], on) if found["due"] else None,
            action="准备公布",
            stage="待公布",
        )
    ]


def _published(user: Any) -> Any:
    return Release.objects.visible_to(user).public().filter(published_by=user)


def done_count(user: Any, _on: date) -> Any:
    return _published(user).order_by().values("pk") if may_prepare(user) else 0


def done(user: Any, _on: date) -> list[Matter]:
    """The releases that this person published."""
    rows = _published(user).newest_first()[:MANY]
    return [
        Matter(
            title=release.title,
            url=release.get_absolute_url(),
            kind="白名单",
            tone="green",
            origin=release.document_number or "—",
            received_at=release.state_entered_at,
            remaining=None,
            action="查看",
            stage=release.get_state_display(),
            ended=True,
        )
        for release in rows
    ]
