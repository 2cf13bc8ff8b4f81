"""The clean-up of last year's list: 保留、合并或取消 of every item (R13, R25–R28)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from approvals.models import InspectionPlan, PastItem
from approvals.states import Disposition
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Conflicted, Decision, allow, refuse, require
from jianfu.kernel.workflow import locked, save_tracked

from .plan import open_for_clean_up

KEPT_BY_MERGING = "其他事项并入本项"


def add_past_item(*, plan: InspectionPlan, by: Any, title: str, **words: Any) -> PastItem:
    """One item of last year's list on paper, with its source."""
    return add_past_items(plan=plan, by=by, rows=[{"title": title, **words}])[0]


def add_past_items(*, plan: InspectionPlan, by: Any, rows: Sequence[dict[str, Any]]) -> list[PastItem]:
    """Items of last year's list on paper: title and source at least; all or none, and no title twice."""
    made = []
    with transaction.atomic():
        fresh = open_for_clean_up(plan, by)
        known = set(fresh.past_items.values_list("title", flat=True))
        for row in rows:
            title = row["title"].strip()
            if not title or not str(row.get("source", "")).strip():
                require(refuse("填写上年事项名称和来源（文件或清单名称）"))
            if title in known:
                require(refuse(f"“{title}”已经登记过，删去重复的一项"))
            known.add(title)
            item = PastItem(plan=fresh, **{**row, "title": title})
            save_tracked(item, by=by, reason="登记上年事项")
            made.append(item)
        titles = [item.title for item in made]
        trail.record(action="plan.past_items_added", target=fresh, by=by, data={"titles": titles})
    return made


def remove_past_item(*, item: PastItem, by: Any) -> None:
    """A line typed by mistake. What comes from last year's own list stays: it was published."""
    with transaction.atomic():
        plan = open_for_clean_up(item.plan, by)
        fresh = locked(item)
        if fresh.application_id:
            require(refuse(f"“{fresh}”是上年公布的事项，不能删去；不再开展的选取消"))
        if fresh.merged_items.exists():
            require(refuse(f"有事项合并到“{fresh}”，先改那些事项的清理意见"))
        trail.record(action="plan.past_item_removed", target=plan, by=by, note=fresh.title)
        fresh._history_user, fresh._change_reason = by, "删去登记有误的上年事项"
        fresh.delete()


def remove_past_items(*, items: Iterable[PastItem], by: Any) -> None:
    """Several of them; all or none."""
    with transaction.atomic():
        for item in items:
            remove_past_item(item=item, by=by)


def dispose(
    *,
    item: PastItem,
    by: Any,
    disposition: str,
    reason: str = "",
    merged_with: PastItem | None = None,
    expected_version: int | None = None,
) -> PastItem:
    """保留、合并或取消, with its reason. Raises `Refused`, `Conflicted`."""
    with transaction.atomic():
        open_for_clean_up(item.plan, by)
        fresh = locked(item)
        if expected_version is not None and fresh.version != expected_version:
            raise Conflicted(refuse(f"同事刚刚改过“{fresh}”的清理意见，看过后再改"))
        goal = locked(merged_with) if merged_with else None
        require(_possible(fresh, disposition, reason, goal))
        if goal and disposition == Disposition.MERGED and not goal.disposition:
            _say(goal, Disposition.KEPT, KEPT_BY_MERGING, None, by)
        _say(fresh, disposition, reason, goal if disposition == Disposition.MERGED else None, by)
    return fresh


def dispose_many(
    *,
    items: Iterable[tuple[PastItem, int | None]],
    by: Any,
    disposition: str,
    reason: str = "",
    merged_with: PastItem | None = None,
) -> list[PastItem]:
    """The same for several at once, each with the version that was looked at; all or none.

    Several that are merged into one of themselves: that one is kept.
    """
    with transaction.atomic():
        return [
            dispose(
                item=item,
                by=by,
                disposition=disposition,
                reason=reason,
                merged_with=merged_with,
                expected_version=version,
            )
            for item, version in items
            if merged_with is None or item.pk != merged_with.pk
        ]


def _say(item: PastItem, disposition: str, reason: str, goal: PastItem | None, by: Any) -> None:
    item.disposition, item.reason, item.merged_with = disposition, reason.strip(), goal
    item.disposed_on = dates.today()
    save_tracked(item, by=by, reason=f"清理意见：{item.get_disposition_display()}")
    trail.record(
        action="plan.past_item_disposed",
        target=item.plan,
        by=by,
        note=item.reason,
        destination=disposition,
        data={"item": item.pk, "title": item.title},
    )


def _possible(item: PastItem, disposition: str, reason: str, goal: PastItem | None) -> Decision:
    if disposition not in Disposition.values:
        return refuse("选择清理意见：保留、合并或取消")
    if disposition != Disposition.KEPT and not reason.strip():
        return refuse(f"填写{Disposition(disposition).label}的依据或理由")
    if disposition != Disposition.KEPT and item.merged_items.exists():
        return refuse(f"有事项合并到“{item}”，先改那些事项的清理意见")
    return _mergeable(item, goal) if disposition == Disposition.MERGED else allow()


def _mergeable(item: PastItem, goal: PastItem | None) -> Decision:
    if goal is None:
        return refuse("选择合并到上年的哪一项")
    if goal.pk == item.pk or goal.plan_id != item.plan_id:
        return refuse("只能合并到同一份计划里的另一项")
    if goal.disposition in {Disposition.CANCELLED, Disposition.MERGED}:
        return refuse(f"“{goal}”的清理意见是{goal.get_disposition_display()}，换一项合并")
    return allow()
