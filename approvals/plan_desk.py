"""The yearly plan on everybody's 工作台: one matter for the whole plan, however many items it holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from jianfu.kernel.registry import MANY, Desk, Historied, Matter, NavEntry, desks, historied, navigation

from . import plan_pages
from .models import InspectionPlan
from .plan_permissions import works_on_plans
from .states import PlanState

_KINDS = {
    PlanState.COLLECTING: "汇总计划",
    PlanState.SENT: "计划审核",
    PlanState.PARTY_PASSED: "计划审核",
    PlanState.GOVERNMENT_PASSED: "计划审核",
    PlanState.VETTED: "计划审批",
    PlanState.APPROVED: "公布清单",
    PlanState.PUBLISHED: "清单备案",
}


def todo(user: Any, on: date) -> list[Matter]:
    if not works_on_plans(user):
        return []
    return [_matter(plan, on) for plan in InspectionPlan.objects.waiting_for(user).with_counts()]


def todo_count(user: Any, _on: date) -> int:
    return InspectionPlan.objects.waiting_for(user).count() if works_on_plans(user) else 0


def done(user: Any, on: date) -> list[Matter]:
    if not works_on_plans(user):
        return []
    plans = InspectionPlan.objects.done_by(user).with_counts()[:MANY]
    return [_matter(plan, on, action="查看") for plan in plans]


def done_count(user: Any, _on: date) -> Any:
    return InspectionPlan.objects.done_by(user).order_by().values("pk") if works_on_plans(user) else 0


def _matter(plan: Any, on: date, action: str = "办理") -> Matter:
    return Matter(
        title=f"{plan}（{plan.listed} 项）",
        url=plan.get_absolute_url(),
        kind=_KINDS.get(PlanState(plan.state), plan.get_state_display()),
        tone=plan_pages.plan_tone(plan.state),
        origin="领导小组办公室",
        received_at=plan.state_entered_at,
        remaining=plan_pages.remaining(plan, on),
        action=action,
        holder=plan_pages.holder(plan, on) if action == "查看" else "",
        stage=plan.get_state_display(),
        ended=plan.state == PlanState.FILED,
    )


def register() -> None:
    desks.register("approvals.plans", Desk(todo, todo_count, done, done_count=done_count))
    navigation.register("approvals.plans", NavEntry("督查计划", "approvals:plan_list", 35, works_on_plans))
    historied.register(
        "plan", Historied(InspectionPlan, "督查检查评比考核年度计划", InspectionPlan.objects.visible_to)
    )
