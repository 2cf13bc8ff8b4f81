"""移出 on the 工作台: to send, to answer, to decide, what nobody answered, and the release that follows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from jianfu.kernel.registry import MANY, Desk, Historied, Matter, desks, historied
from jianfu.organisations.selectors import work_calendar
from whitelist.models import Removal
from whitelist.permissions import may_prepare, may_read_removals
from whitelist.selectors import latest_release
from whitelist.states import REMOVAL_TONES, RemovalState

_VERBS = {
    RemovalState.PROPOSED: "发函",
    RemovalState.HEARING: "答复",
    RemovalState.HEARD: "决定",
    RemovalState.MENDING: "整改",
}


def _waiting(user: Any, on: date) -> Any:
    """The person's own, and for the office what the department left unanswered."""
    mine = Removal.objects.waiting_for(user).order_by().values("pk")
    late = Removal.objects.overdue(user, on).order_by().values("pk")
    return Removal.objects.filter(Q(pk__in=mine) | Q(pk__in=late))


def todo_count(user: Any, on: date) -> int:
    return int(_waiting(user, on).count()) + len(_following(user, on))


def todo(user: Any, on: date) -> list[Matter]:
    rows = _waiting(user, on).select_related("entry", "department").order_by("due_on", "pk")
    return [*(_matter(row, user, on) for row in rows), *_following(user, on)]


def _matter(row: Removal, user: Any, on: date) -> Matter:
    late = row.state in (RemovalState.HEARING, RemovalState.MENDING) and bool(may_prepare(user))
    return Matter(
        title=f"移出“{row.entry}”",
        url=row.get_absolute_url(),
        kind="移出白名单",
        tone=REMOVAL_TONES[RemovalState(row.state)],
        origin=row.department_name,
        received_at=row.state_entered_at,
        remaining=work_calendar().remaining(row.due_on, on) if row.due_on else None,
        action="办理" if late else _VERBS[RemovalState(row.state)],
        stage=row.get_state_display(),
        holder="" if late else row.department_name,
    )


def _following(user: Any, on: date) -> list[Matter]:
    """The release in force still lists what has left the list: time for the next one."""
    if not may_prepare(user):
        return []
    newest = latest_release(user.district_id)
    if newest is None:
        return []
    gone = newest.items.filter(entry__removed_on__lte=on).order_by("-entry__changed_at")
    rows = list(gone.select_related("entry")[:MANY])
    if not rows:
        return []
    return [
        Matter(
            title=f"公布移出后的新一版白名单：{len(rows)} 项已移出",
            url=reverse("whitelist:release_form"),
            kind="白名单",
            tone="amber",
            origin=newest.title,
            received_at=rows[0].entry.changed_at,
            remaining=None,
            action="准备公布",
            stage="已移出",
        )
    ]


def done_count(user: Any, _on: date) -> Any:
    return _done(user).order_by().values("pk")


def _done(user: Any) -> Any:
    return Removal.objects.visible_to(user).filter(steps__person=user.person_id).distinct()


def done(user: Any, _on: date) -> list[Matter]:
    rows = _done(user).select_related("entry", "department").order_by("-state_entered_at", "-pk")[:MANY]
    return [
        Matter(
            title=f"移出“{row.entry}”",
            url=row.get_absolute_url(),
            kind="移出白名单",
            tone=REMOVAL_TONES[RemovalState(row.state)],
            origin=row.department_name,
            received_at=row.state_entered_at,
            remaining=None,
            action="查看",
            stage=row.get_state_display(),
            ended=row.due_on is None,
        )
        for row in rows
    ]


def register() -> None:
    """The history is read inside only: the department is not told the inner reason, nor who said so."""
    desks.register("removal", Desk(todo, todo_count, done=done, done_count=done_count))
    historied.register("removal", Historied(Removal, "移出建议", _inside))


def _inside(user: Any) -> Any:
    rows = Removal.objects.visible_to(user)
    return rows if may_read_removals(user) else rows.none()
