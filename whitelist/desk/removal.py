"""移出 on the 工作台: to send, to answer, to decide, what nobody answered, and the release that follows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, Subquery

from jianfu.kernel.registry import MANY, Desk, Historied, Matter, desks, historied
from jianfu.organisations.selectors import work_calendar
from jianfu.organisations.states import Role
from whitelist.models import Release, ReleaseItem, Removal
from whitelist.permissions import may_prepare
from whitelist.states import REMOVAL_TONES, Kind, RemovalState

_VERBS = {
    RemovalState.PROPOSED: "发函",
    RemovalState.HEARING: "答复",
    RemovalState.HEARD: "决定",
    RemovalState.MENDING: "整改",
}


def _waiting(user: Any, on: date) -> Any:
    """The person's own; for the office also what the department left unanswered, and what has left the list
    while the release in force still shows it: one query for all."""
    mine = Removal.objects.waiting_for(user).order_by().values("pk")
    where = Q(pk__in=mine)
    if may_prepare(user):
        where |= Q(pk__in=Removal.objects.overdue(user, on).order_by().values("pk"))
        where |= Q(pk__in=_still_shown(user, on).order_by().values("pk"))
    return Removal.objects.filter(where)


def _still_shown(user: Any, on: date) -> Any:
    released = Release.objects.public().filter(district_id=user.district_id, kind=Kind.CAMPUS).newest_first()
    items = ReleaseItem.objects.filter(release=Subquery(released.values("pk")[:1]))
    rows = Removal.objects.visible_to(user).filter(state=RemovalState.REMOVED, effective_on__lte=on)
    return rows.filter(entry__in=items.values("entry"))


def todo_count(user: Any, on: date) -> int:
    """As many as `todo` shows: what was removed is one matter however much it is."""
    if not _acts(user):
        return 0
    states = list(_waiting(user, on).order_by().values_list("state", flat=True))
    return sum(state != RemovalState.REMOVED for state in states) + (RemovalState.REMOVED in states)


def _acts(user: Any) -> bool:
    """Others never have any of it: their pages need not ask."""
    return bool(user.has(Role.APPLICANT, Role.PUBLICATION_CLERK, Role.LEADER))


def todo(user: Any, on: date) -> list[Matter]:
    if not _acts(user):
        return []
    rows = list(_waiting(user, on).select_related("entry", "department").order_by("due_on", "pk"))
    removed = [row for row in rows if row.state == RemovalState.REMOVED]
    return [*(_matter(row, user, on) for row in rows if row not in removed), *_following(removed)]


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


def _following(removed: list[Removal]) -> list[Matter]:
    if not removed:
        return []
    return [
        Matter(
            title=f"公布移出后的新一版白名单：{len(removed)} 项已移出",
            url=removed[0].get_absolute_url(),
            kind="白名单",
            tone="amber",
            origin="移出决定",
            received_at=removed[0].state_entered_at,
            remaining=None,
            action="准备公布",
            stage="已移出",
        )
    ]


def done_count(user: Any, _on: date) -> Any:
    if not _acts(user):
        return 0
    return _done(user).order_by().values("pk")


def _done(user: Any) -> Any:
    return Removal.objects.visible_to(user).filter(steps__person=user.person_id).distinct()


def done(user: Any, _on: date) -> list[Matter]:
    if not _acts(user):
        return []
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
    return Removal.objects.inside(user)
