"""Plans on the 工作台: what the unit has to name or mend, what the bureau has to check."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q

from jianfu.kernel.registry import MANY, Desk, Historied, Matter, desks, historied
from jianfu.organisations.selectors import work_calendar
from jianfu.organisations.states import Role
from whitelist.models import Activity
from whitelist.showing import TONES, state_words
from whitelist.states import ActivityRoad, ActivityState

_WORK = {
    ActivityState.DRAFTED: ("排场次", "排定场次"),
    ActivityState.RETURNED: ("补正", "补正方案"),
    ActivityState.SUBMITTED: ("核对", "核对方案"),
}


def _waiting(user: Any) -> Any:
    """One's own unit's returned plans and those whose sessions are to be named; what waits to be checked.

    A plan that the unit is only beginning is nobody's duty. Who drew it up checks none of it, and a 科室
    none of its own (R-SEP-02).
    """
    units = user.organisation_ids(Role.APPLICANT)
    where = Q(organisation__in=units, state=ActivityState.RETURNED)
    where |= Q(organisation__in=units, state=ActivityState.DRAFTED, road=ActivityRoad.APPROVED)
    rooms = user.organisation_ids(Role.FIRST_REVIEWER)
    if rooms:
        mine = Q(handler=user.person_id) | (Q(organisation__in=rooms) if len(rooms) == 1 else Q(pk=None))
        where |= Q(state=ActivityState.SUBMITTED, district_id=user.district_id) & ~mine
    if not units and not rooms:
        return Activity.objects.none()
    return Activity.objects.filter(where)


def register() -> None:
    desks.register(
        "whitelist_activities", Desk(todo, todo_count, started=started, started_count=started_count)
    )
    label = str(Activity._meta.verbose_name)
    historied.register("activity", Historied(Activity, label, Activity.objects.visible_to))


def todo_count(user: Any, _on: date) -> Any:
    if not user.has(Role.APPLICANT, Role.FIRST_REVIEWER):
        return 0
    return _waiting(user).count()


def todo(user: Any, on: date) -> list[Matter]:
    rows = _waiting(user).for_list().order_by("due_on", "pk")[:MANY]
    calendar = work_calendar()
    return [
        _matter(
            row,
            on,
            action=_WORK[ActivityState(row.state)][0],
            remaining=calendar.remaining(row.due_on, on) if row.due_on else None,
        )
        for row in rows
    ]


def _started(user: Any) -> Any:
    return Activity.objects.filter(handler=user.person_id).exclude(state=ActivityState.DRAFTED)


def started_count(user: Any, _on: date) -> Any:
    return _started(user).order_by().values("pk") if user.has(Role.APPLICANT) else 0


def started(user: Any, on: date) -> list[Matter]:
    if not user.has(Role.APPLICANT):
        return []
    rows = _started(user).for_list().order_by("-state_entered_at", "-pk")[:MANY]
    return [_matter(row, on, action="查看") for row in rows]


def _matter(row: Any, on: date, *, action: str, remaining: Any = None) -> Matter:
    return Matter(
        title=f"{row.title}（{row.session_count} 场）",
        url=row.get_absolute_url(),
        kind="实施方案",
        tone=TONES[ActivityState(row.state)],
        origin=str(row.organisation),
        received_at=row.state_entered_at,
        remaining=remaining,
        action=action,
        holder=row.handler.name,
        stage=state_words(row, on),
        ended=row.state in {ActivityState.AGREED, ActivityState.CALLED_OFF, ActivityState.CONCLUDED},
    )
