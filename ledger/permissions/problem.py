"""整改: who hands a problem over, who mends it, who strikes it off."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role


def may_hand_over(problem: Any, by: Any) -> Decision:
    """交办 and 退回: the ledger office of the district."""
    if problem.district_id == by.district_id and by.has(Role.LEDGER_OFFICE):
        return allow()
    return refuse("问题由台账汇总人交办")


def may_mend(problem: Any, by: Any) -> Decision:
    """The clerks of the 科室 that answers for it."""
    if problem.unit_id in by.organisation_ids(Role.SECTION_CLERK):
        return allow()
    return refuse(f"整改情况由{problem.unit or '整改责任单位'}上报")


def may_close(problem: Any, by: Any) -> Decision:
    """销号 by the office, but never by the natural person who reported the mending."""
    decision = may_hand_over(problem, by)
    if decision and problem.mended_by_id == by.person_id:
        return refuse("本人上报的整改不能由本人销号，由另一位台账汇总人核销", "R-LED-22", "整改与核销分离")
    return decision
