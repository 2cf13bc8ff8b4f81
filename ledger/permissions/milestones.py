"""Who keeps the dated plan of a year, and who urges the 科室 of its rows."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role

from .form import is_open, may_fill


def may_keep_milestones(ledger: Any, by: Any) -> Decision:
    if ledger.district_id == by.district_id and by.has(Role.LEDGER_OFFICE):
        return allow()
    return refuse("节点由台账汇总人登记和调整")


def may_urge(row: Any, by: Any) -> Decision:
    """The office urges a 科室 that still has to report; nobody urges himself."""
    if row.district_id != by.district_id or not by.has(Role.LEDGER_OFFICE):
        return refuse("催办由台账汇总人办理")
    if not row.is_fillable:
        return refuse(f"这一项{row.get_state_display()}，没有人要催办")
    if may_fill(row, by):
        return refuse("这一项由本人所在科室填报，不用催办")
    return is_open(row.ledger)
