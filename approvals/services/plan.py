"""Writes of the yearly plan: its steps, carried to every item it holds, and its opening."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.dispatch import Signal

from approvals import permissions
from approvals.models import Application, InspectionPlan, PastItem
from approvals.plan_effects import plan_of_year
from approvals.selectors import announced_inspections
from approvals.states import PlanState, State
from approvals.workflow import PLAN, workflow_of
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Refused, refuse, require
from jianfu.kernel.workflow import hold, locked, save_tracked

# Step of the plan → the step that each of its items takes with it, and from which state.
_CARRIES = {
    "approve": ("approve_in_plan", State.COLLECTED),
    "publish": ("announce_in_plan", State.CLEARED),
    "file": ("record_in_plan", State.ANNOUNCED),
}
# Sent inside the transaction once the plan and all of its items took the step.
plan_performed = Signal()
FIRST_YEAR, YEARS_AHEAD = 2000, 1


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
    step, state = _CARRIES.get(name, ("", ""))
    with transaction.atomic():
        if step:
            hold(plan.items.all())
        fresh = PLAN.perform(plan, name, by=by, note=note, expected_version=expected_version, data=data)
        items = fresh.items.filter(state=state).order_by("pk") if step else ()
        for item in items:
            _carry(item, step, by=by, note=note or f"随{fresh}办理", data=data)
        plan_performed.send(sender=InspectionPlan, plan=fresh, by=by)
    return fresh


def _carry(item: Application, step: str, **said: Any) -> None:
    """An item that refuses stops the plan, and is named."""
    try:
        workflow_of(item).perform(item, step, **said)
    except Refused as refused:
        raise type(refused)(refused.decision.about(f"“{item}”")) from refused


def open_plan(*, by: Any, district: Any, year: int) -> InspectionPlan:
    """The plan of a year, with last year's published items to be gone through.

    The same again returns it, and brings in what last year's list got since.
    """
    probe = InspectionPlan(district=district, year=year)
    require(permissions.may_run_office(probe, by))
    latest = dates.today().year + YEARS_AHEAD
    if not FIRST_YEAR <= year <= latest:
        require(refuse(f"年度填 {FIRST_YEAR} 到 {latest} 之间的年份"))
    with transaction.atomic():
        plan, made = plan_of_year(InspectionPlan, district_id=district.pk, year=year, by=by, at=dates.now())
        if plan.state == PlanState.COLLECTING:
            _carry_past_items(plan, by)
        elif not made:
            require(refuse(f"{plan}已经建立，现在是“{plan.get_state_display()}”"))
    return plan


def _carry_past_items(plan: InspectionPlan, by: Any) -> None:
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
    if rows:
        trail.record(action="plan.past_items_carried", target=plan, by=by, data={"count": len(rows)})


def set_baseline(*, plan: InspectionPlan, by: Any, count: int | None, source: str) -> InspectionPlan:
    """上年事项数 from a document, where last year's list is not in here item by item; None takes it away."""
    with transaction.atomic():
        fresh = open_for_clean_up(plan, by)
        if count is not None and not source.strip():
            require(refuse("填写上年事项数的来源（文件或清单名称、文号）"))
        fresh.past_count = count
        fresh.past_source = source.strip() if count is not None else ""
        words = "登记上年事项数" if count is not None else "删去上年事项数"
        save_tracked(fresh, by=by, reason=words)
        trail.record(
            action="plan.baseline_set", target=fresh, by=by, note=fresh.past_source, data={"count": count}
        )
    return fresh


def open_for_clean_up(plan: InspectionPlan, by: Any) -> InspectionPlan:
    """The plan, locked, while its clean-up may still change. Call inside ``atomic``."""
    fresh: InspectionPlan = locked(plan)
    require(permissions.may_run_office(fresh, by))
    if fresh.state != PlanState.COLLECTING:
        require(refuse(f"{fresh}现在是“{fresh.get_state_display()}”，上年事项和清理意见不能再改"))
    return fresh
