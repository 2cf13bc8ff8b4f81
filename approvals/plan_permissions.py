"""Who works on the yearly plan, and at which of its states."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role

from .separation import own_or_lent
from .states import PlanState

WORKERS = (
    Role.PUBLICATION_CLERK, Role.FIRST_REVIEWER, Role.PARTY_OFFICE, Role.GOVERNMENT_OFFICE, Role.COMMITTEE,
)  # fmt: skip
JUDGES_PLAN: dict[str, tuple[Role, ...]] = {
    PlanState.SENT: (Role.PARTY_OFFICE, Role.GOVERNMENT_OFFICE),
    PlanState.PARTY_PASSED: (Role.GOVERNMENT_OFFICE,),
    PlanState.GOVERNMENT_PASSED: (Role.PARTY_OFFICE,),
    PlanState.VETTED: (Role.COMMITTEE,),
}
PLAN_ACTS_AT: dict[str, tuple[Role, ...]] = {
    **JUDGES_PLAN,
    PlanState.COLLECTING: (Role.PUBLICATION_CLERK,),
    PlanState.APPROVED: (Role.PUBLICATION_CLERK,),
    PlanState.PUBLISHED: (Role.PUBLICATION_CLERK,),
}


def may_open_plan(by: Any) -> Decision:
    if by.has(Role.PUBLICATION_CLERK):
        return allow()
    return refuse("年度计划由领导小组办公室经办人建立")


def works_on_plans(by: Any) -> bool:
    """Has the yearly plan in the bar: who prepares, consents, reviews or approves."""
    return bool(by.is_authenticated and by.has(*WORKERS))


def whoever_judges_the_plan(plan: Any, by: Any) -> Decision:
    roles = JUDGES_PLAN.get(plan.state, ())
    if by.district_id == plan.district_id and by.has(*roles):
        return allow()
    return refuse("退回计划由现在的审核或审批人办理")


def plan_principals(by: Any, state: str) -> list[Any]:
    """For whom the person acts on the plan at the state; empty where the role is his own."""
    roles = JUDGES_PLAN.get(state, (Role.PUBLICATION_CLERK,))
    held = own_or_lent(row for row in by.memberships if row.role in roles)
    return [row.on_behalf_of for row in held if row.on_behalf_of is not None]
