"""Writes of the yearly plan: its steps, carried to every item it holds, and the clean-up of last year's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from approvals import permissions
from approvals.models import InspectionPlan, PastItem
from approvals.selectors import announced_inspections
from approvals.states import Disposition, PlanState, State
from approvals.workflow import PLAN, workflow_of
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Conflicted, Decision, allow, refuse, require
from jianfu.kernel.workflow import locked, save_tracked

# Step of the plan → the step that each of its items takes with it, and from which state.
_CARRIES = {
    "approve": ("approve_in_plan", State.COLLECTED),
    "publish": ("announce_in_plan", State.CLEARED),
    "file": ("record_in_plan", State.ANNOUNCED),
}


def perform_plan(
    *,
    plan: InspectionPlan,
    name: str,
    by: Any,
    note: str = "",
    expected_version: int | None = None,
    data: Mapping[str, Any] | None = None,
) -> InspectionPlan:
    """Take one step of the plan, and with it of all its items, or of none. Raises `Refused`, `Conflicted`."""
    with transaction.atomic():
        fresh = PLAN.perform(plan, name, by=by, note=note, expected_version=expected_version, data=data)
        step, state = _CARRIES.get(name, ("", ""))
        items = fresh.items.filter(state=state).order_by("pk") if step else ()
        for item in items:
            workflow_of(item).perform(item, step, by=by, note=note or f"随{fresh}办理", data=data)
    return fresh


def open_plan(*, by: Any, district: Any, year: int) -> InspectionPlan:
    """The plan of a year, with last year's announced items to be gone through. The same again returns it."""
    with transaction.atomic():
        plan, made = InspectionPlan.objects.get_or_create(
            district=district, year=year, defaults={"state_entered_at": dates.now()}
        )
        require(permissions.may_run_office(plan, by))
        if made or not plan.past_items.exists():
            carry_past_items(plan=plan, by=by)
        if made:
            save_tracked(plan, by=by, reason="建立年度计划")
            trail.record(action="plan.opened", target=plan, by=by)
    return plan


def carry_past_items(*, plan: InspectionPlan, by: Any) -> int:
    """Last year's announced items, planned or single, as rows of the clean-up; those there already stay."""
    known = set(plan.past_items.values_list("application_id", flat=True))
    rows = [row for row in announced_inspections(plan.district_id, plan.year - 1) if row.pk not in known]
    for row in rows:
        item = PastItem(
            plan=plan,
            title=row.title,
            unit_name=row.organisation.name,
            inspection_kind=row.particulars.inspection_kind if row.particulars else "",
            source=f"{row.year}年清单 {row.number}",
            application=row,
        )
        save_tracked(item, by=by, reason="带入上年事项")
    return len(rows)


def add_past_item(*, plan: InspectionPlan, by: Any, title: str, **words: Any) -> PastItem:
    """One item of last year's list on paper, with its source."""
    with transaction.atomic():
        fresh = _open(plan, by)
        if not title.strip() or not str(words.get("source", "")).strip():
            require(refuse("填写上年事项名称和来源（文件或清单名称）"))
        item = PastItem(plan=fresh, title=title.strip(), **words)
        save_tracked(item, by=by, reason="登记上年事项")
        trail.record(action="plan.past_item_added", target=fresh, by=by, data={"title": item.title})
    return item


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
        _open(item.plan, by)
        fresh = locked(item)
        if expected_version is not None and fresh.version != expected_version:
            raise Conflicted(refuse("同事刚刚改过这一项的清理意见，看过后再改"))
        require(_possible(fresh, disposition, reason, merged_with))
        fresh.disposition, fresh.reason = disposition, reason.strip()
        fresh.merged_with = merged_with if disposition == Disposition.MERGED else None
        fresh.disposed_on = dates.today()
        save_tracked(fresh, by=by, reason=f"清理意见：{fresh.get_disposition_display()}")
        trail.record(
            action="plan.past_item_disposed",
            target=fresh.plan,
            by=by,
            note=fresh.reason,
            destination=disposition,
            data={"item": fresh.pk},
        )
    return fresh


def dispose_many(*, items: Iterable[PastItem], by: Any, disposition: str, reason: str) -> list[PastItem]:
    """The same for several at once; all or none. 合并 is said one by one, because each names its goal."""
    with transaction.atomic():
        return [dispose(item=item, by=by, disposition=disposition, reason=reason) for item in items]


def _open(plan: InspectionPlan, by: Any) -> InspectionPlan:
    fresh: InspectionPlan = locked(plan)
    require(permissions.may_run_office(fresh, by))
    if fresh.state != PlanState.COLLECTING:
        require(refuse(f"{fresh}现在是“{fresh.get_state_display()}”，清理意见不能再改"))
    return fresh


def _possible(item: PastItem, disposition: str, reason: str, merged_with: PastItem | None) -> Decision:
    if disposition not in Disposition.values:
        return refuse("选择清理意见：保留、合并或取消")
    if disposition != Disposition.KEPT and not reason.strip():
        return refuse(f"填写{Disposition(disposition).label}的依据或理由")
    if disposition == Disposition.MERGED:
        if merged_with is None:
            return refuse("选择合并到上年的哪一项")
        if merged_with.pk == item.pk or merged_with.plan_id != item.plan_id:
            return refuse("只能合并到同一份计划里的另一项")
        if merged_with.disposition in {Disposition.CANCELLED, Disposition.MERGED}:
            return refuse(f"“{merged_with}”已经{merged_with.get_disposition_display()}，换一项合并")
    return allow()
