"""The dated plan of a year: made when it opens, kept by the office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from jianfu.kernel import dates, trail
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.decisions import Conflicted, Decision, allow, refuse, require
from jianfu.kernel.workflow import locked, save_tracked
from ledger.models import Ledger, LedgerRow, Milestone
from ledger.permissions.milestones import may_keep_milestones
from ledger.rules.milestones import STOPS


def plan_milestones(*, ledger: Ledger, topics: Mapping[str, Iterable[str]], by: Any, at: datetime) -> None:
    """The days that the sources name, as the district's figures say on the day of opening; ``topics`` of each
    row by its key link the rows. Called inside the transaction that opens the ledger."""
    rows = list(ledger.rows.all())
    for stop in STOPS:
        due_on = stop.due_on(ledger.district_id, ledger.year, timezone.localdate(at))
        if due_on is None:
            continue
        milestone = Milestone(
            ledger=ledger,
            code=stop.code,
            name=stop.name,
            due_on=due_on,
            clause=stop.clause,
            document=stop.document,
        )
        save_tracked(milestone, by=by, reason="打开台账", at=at)
        milestone.rows.set([row for row in rows if set(topics.get(row.key, ())) & set(stop.topics)])


def add_milestone(
    *, ledger: Ledger, name: str, due_on: date, note: str, rows: Iterable[LedgerRow], by: Any
) -> Milestone:
    with transaction.atomic():
        require(may_keep_milestones(ledger, by))
        milestone = Milestone(ledger=ledger, name=name, due_on=due_on, note=note)
        save_tracked(milestone, by=by, reason="增加节点")
        milestone.rows.set(_of_ledger(rows, ledger))
        trail.record(action="milestone.added", target=milestone, by=by, data={"due_on": due_on.isoformat()})
    return milestone


def change_milestone(
    *,
    milestone: Milestone,
    name: str,
    due_on: date,
    note: str,
    rows: Iterable[LedgerRow],
    by: Any,
    expected_version: int,
) -> Milestone:
    with transaction.atomic():
        fresh = _as_seen(milestone, expected_version, by)
        days = f"{chinese_date(fresh.due_on)}改为{chinese_date(due_on)}"
        moved = days if fresh.due_on != due_on else "调整节点"
        fresh.name, fresh.due_on, fresh.note = name, due_on, note
        save_tracked(fresh, by=by, reason=moved)
        fresh.rows.set(_of_ledger(rows, fresh.ledger))
        trail.record(action="milestone.changed", target=fresh, by=by, note=moved)
    return fresh


def complete_milestone(
    *, milestone: Milestone, done_on: date, note: str, by: Any, expected_version: int
) -> Milestone:
    """A person says that it is done, and since when."""
    with transaction.atomic():
        fresh = _as_seen(milestone, expected_version, by)
        require(_not_done(fresh) & _past(done_on))
        fresh.done_on, fresh.done_by, fresh.note = done_on, by.person, note or fresh.note
        save_tracked(fresh, by=by, reason="登记完成")
        trail.record(
            action="milestone.completed", target=fresh, by=by, note=note, destination=done_on.isoformat()
        )
    return fresh


def resume_milestone(*, milestone: Milestone, by: Any, expected_version: int) -> Milestone:
    """It was ticked by mistake."""
    with transaction.atomic():
        fresh = _as_seen(milestone, expected_version, by)
        if fresh.done_on is None:
            require(refuse(f"“{fresh}”还没有登记完成，不用取消"))
        fresh.done_on = fresh.done_by = None
        save_tracked(fresh, by=by, reason="取消完成登记")
        trail.record(action="milestone.resumed", target=fresh, by=by)
    return fresh


def remove_milestone(*, milestone: Milestone, reason: str, by: Any, expected_version: int) -> None:
    """It does not apply in this district or year; the history and the trail keep it, and why."""
    with transaction.atomic():
        fresh = _as_seen(milestone, expected_version, by)
        if not reason.strip():
            require(refuse("填写为什么不设这个节点"))
        trail.record(action="milestone.removed", target=fresh, by=by, note=reason.strip())
        fresh._history_user, fresh._change_reason = by, reason.strip()[:100]
        fresh.delete()


def _as_seen(milestone: Milestone, expected_version: int, by: Any) -> Milestone:
    fresh: Milestone = locked(milestone)
    require(may_keep_milestones(fresh, by))
    if fresh.version != expected_version:
        raise Conflicted(refuse("这个节点刚刚被别人改动过，看过最新内容后再办理"))
    return fresh


def _of_ledger(rows: Iterable[LedgerRow], ledger: Ledger) -> list[LedgerRow]:
    return [row for row in rows if row.ledger_id == ledger.pk]


def _not_done(milestone: Milestone) -> Decision:
    if milestone.done_on is None:
        return allow()
    return refuse(f"“{milestone}”已登记{chinese_date(milestone.done_on)}完成")


def _past(day: date) -> Decision:
    today = dates.today()
    if day <= today:
        return allow()
    return refuse(f"完成日期不能晚于今天（{chinese_date(today)}）")
