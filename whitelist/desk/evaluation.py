"""绩效评估 and 意见建议 on the 工作台: one line however many wait; a school's is never sent by mail."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone

from jianfu.kernel.registry import MANY, Desk, Historied, Matter, demonstrations, desks, historied
from jianfu.organisations.selectors import work_calendar
from jianfu.organisations.states import Role
from whitelist.demo import supervision
from whitelist.evaluating import owed_by
from whitelist.models import Feedback, Voice
from whitelist.permissions import may_read_evaluations
from whitelist.permissions.removal import own_units
from whitelist.states import Party


def todo_count(user: Any, on: date) -> int:
    return int(bool(owed_by(user))) + int(bool(_unanswered(user)))


def todo(user: Any, on: date) -> list[Matter]:
    return [*voices(user, on), *_feedback(user)]


def voices(user: Any, on: date) -> list[Matter]:
    """One line, however many evaluations wait for the person."""
    waiting = owed_by(user)
    if not waiting:
        return []
    first = waiting[0]
    optional = all(each.party == Party.SCHOOL for each in waiting)
    listed = first.party == Party.BUREAU and len(waiting) > 1
    title = f"评价“{first.title}”" if len(waiting) == 1 else f"评价 {len(waiting)} 项进校活动"
    opened = datetime.combine(first.evaluation.opens_on, time(8))
    due = first.evaluation.due_on
    return [
        Matter(
            title=f"{title}（可以不填）" if optional else title,
            url=reverse("whitelist:evaluation_list") if listed else first.url,
            kind="绩效评估",
            tone="purple",
            origin=first.unit,
            received_at=timezone.make_aware(opened),
            remaining=work_calendar().remaining(due, on),
            action="评价",
            stage="待评价",
            told=not optional,
        )
    ]


def _unanswered(user: Any) -> list[Feedback]:
    if not user.has(Role.PUBLICATION_CLERK):
        return []
    rows = Feedback.objects.visible_to(user).unanswered().select_related("organisation")
    return list(rows.order_by("given_at", "pk")[:MANY])


def _feedback(user: Any) -> list[Matter]:
    rows = _unanswered(user)
    if not rows:
        return []
    return [
        Matter(
            title=f"答复部门和学校的意见建议：{len(rows)} 条",
            url=reverse("whitelist:feedback_list"),
            kind="意见建议",
            tone="blue",
            origin=str(rows[0].organisation),
            received_at=rows[0].given_at,
            remaining=None,
            action="答复",
            stage="待答复",
        )
    ]


def register() -> None:
    demonstrations.register("supervision", (38, supervision.load))
    desks.register("evaluation", Desk(todo, todo_count))
    historied.register("feedback", Historied(Feedback, "意见建议", Feedback.objects.visible_to))
    historied.register("voice", Historied(Voice, "绩效评价", _inside))


def _inside(user: Any) -> Any:
    """The staff, but not those of the unit that was spoken of."""
    rows = Voice.objects.visible_to(user)
    if not may_read_evaluations(user):
        return rows.none()
    return rows.exclude(entry__application__organisation_id__in=own_units(user))
