"""What approvals shows on everybody's 工作台, in the bar, and on the history pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse

from jianfu.kernel.registry import (
    MANY,
    Desk,
    Historied,
    Matter,
    NavEntry,
    analyses,
    desks,
    historied,
    navigation,
)
from jianfu.organisations.selectors import work_calendar

from . import permissions, round_permissions
from .columns import list_words
from .handling import counts
from .holders import Holders
from .lines import STATE_WORDS, Line, addresses, read_lines
from .models import Application, Assignment, Round
from .progress import tone
from .states import State

LONGEST = MANY  # lines of a tab: the most urgent, or the newest; the others are found in the list

_KINDS = {
    State.RETURNED: "补正",
    State.SUBMITTED: "论证",
    State.APPRAISED: "初审",
    State.REVIEWED: "审批",
    State.APPROVED: "备案",
    State.FILED: "公布",
}


def todo(user: Any, on: date) -> list[Matter]:
    """The holder of what waits for somebody is that person: it is left out. Who is waited for is told of the
    reminders."""
    rows = _single(user).with_urged().order_by_urgency()[:LONGEST]
    return [*_matters(rows, on), *_owed(user, on)]


def _single(user: Any) -> Any:
    """What waits by itself: what an open round holds waits in the round, as one matter."""
    return Application.objects.waiting_for(user).outside_open_rounds()


def rounds(user: Any, on: date) -> list[Matter]:
    """Open rounds that the person decides, each as urgent as the most urgent of its applications.

    How many of its lines are marked changes without a word in the trail.
    """
    if not round_permissions.may_read_rounds(user):
        return []
    rows = Round.objects.to_decide(user).annotate(
        due_on=Min("items__application__due_on"),
        lines=Count("items"),
        unmarked=Count("items", Q(items__outcome="")),
    )
    calendar = work_calendar()
    return [
        Matter(
            title=row.title,
            url=row.get_absolute_url(),
            kind="批次",
            tone="blue",
            origin=f"{row.lines} 项，{row.unmarked} 项未标记",
            received_at=row.created_at,
            remaining=calendar.remaining(row.due_on, on) if row.due_on else None,
            stage=row.get_stage_display(),
        )
        for row in rows.order_by("pk")
    ]


def todo_count(user: Any, _on: date) -> int:
    owed = Assignment.objects.open_for(user).count() if permissions.judges(user) else 0
    waiting = _single(user)
    if round_permissions.may_read_rounds(user):  # both in one query: this stands in the bar of every page
        open_rounds = Round.objects.to_decide(user).order_by().values("pk")
        waiting = waiting.order_by().values("pk").union(open_rounds, all=True)
    return int(waiting.count()) + owed


def done(user: Any, on: date) -> list[Matter]:
    rows = Application.objects.done_by(user)[:LONGEST]
    return _matters(rows, on, action="查看", holders=Holders(user.district_id, on))


def done_count(user: Any, _on: date) -> Any:
    return Application.objects.done_by(user).order_by().values("pk")


def started_count(user: Any, _on: date) -> int:
    if not permissions.applies(user):
        return 0
    return int(Application.objects.of_applicant(user).order_by()[:MANY].count())


def started(user: Any, on: date) -> list[Matter]:
    if not permissions.applies(user):
        return []
    rows = Application.objects.of_applicant(user)[:LONGEST]
    return _matters(rows, on, action="查看", holders=Holders(user.district_id, on))


def _matters(found: Any, on: date, action: str = "", holders: Holders | None = None) -> list[Matter]:
    calendar, rows, address = work_calendar(), read_lines(found), _addresses()
    return [
        Matter(
            title=str(row),
            url=address(row),
            kind=_KINDS.get(State(row.state), STATE_WORDS[row.state]),
            tone=tone(row.state),
            origin=row.organisation,
            received_at=row.state_entered_at,
            remaining=calendar.remaining(row.due_on, on) if row.due_on else None,
            action=action or ("去修改" if row.state == State.RETURNED else "办理"),
            holder=holders.of(row).who if holders else "",
            stage=STATE_WORDS[row.state],
            ended=row.due_on is None,
            urged=row.urged,
        )
        for row in rows
    ]


def _addresses() -> Callable[[Line], str]:
    """Where a line leads: to its form as long as the applicant may write in it."""
    form, detail = addresses("approvals:application_form"), addresses("approvals:application_detail")
    pages = {State.DRAFTED: form, State.RETURNED: lambda pk: form(pk) + "?mend=1"}
    return lambda row: pages.get(row.state, detail)(row.pk)


def _owed(user: Any, on: date) -> list[Matter]:
    if not permissions.judges(user):
        return []
    rows = Assignment.objects.open_for(user).select_related("application__organisation")
    calendar, rows = work_calendar(), list(rows)
    urged = counts([row.application for row in rows])
    return [
        Matter(
            title=str(row.application),
            url=reverse("approvals:opinion_form", args=[row.pk]),
            kind="论证",
            tone="purple",
            origin=str(row.application.organisation),
            received_at=row.assigned_at,
            remaining=calendar.remaining(row.due_on, on),
            action="论证",
            stage=State.SUBMITTED.label,
            urged=urged.get(row.application_id, 0),
        )
        for row in rows
    ]


def register() -> None:
    desks.register("approvals", Desk(todo, todo_count, done, started, done_count, started_count, rounds))
    navigation.register(
        "approvals.mine",
        NavEntry("我的申请", "approvals:application_mine", 20, permissions.applies, phone=True),
    )
    navigation.register(
        "approvals.list",
        NavEntry(
            "申请审批",
            "approvals:application_list",
            30,
            lambda user: bool(permissions.may_read_list(user)),
            phone=True,
        ),
    )
    navigation.register(
        "approvals.statistics",
        NavEntry("统计分析", "approvals:statistics", 60, _reads_statistics),
    )
    analyses.register("approvals", NavEntry("申请统计", "approvals:statistics", 20, _reads_statistics))
    navigation.register(
        "approvals.opinions",
        NavEntry("待论证", "approvals:opinion_list", 25, permissions.judges, phone=True),
    )
    historied.register(
        "application",
        Historied(
            Application,
            "申请",
            Application.objects.visible_to,
            # The applicant learns it with the decision, and not from the history before that.
            hidden_fields=frozenset({"panel_conclusion"}),
            readable=permissions.may_read_version,
            beside=lambda application: application.particulars,
            words=list_words,
        ),
    )


def _reads_statistics(user: Any) -> bool:
    return bool(permissions.may_read_list(user))
