"""清单: who keeps a register, who goes through it, who reads it."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role


def may_read_registers(by: Any) -> Decision:
    if by.is_district_staff:
        return allow()
    return refuse("减负清单由区教委和领导小组的工作人员查看")


def may_read(by: Any, register: Any) -> Decision:
    """The bureau reads all; a school the one register that it keeps for itself (拒绝记录)."""
    if by.is_district_staff or (register.by_schools and by.has(Role.SCHOOL)):
        return allow()
    return may_read_registers(by)


def may_add(by: Any, register: Any) -> Decision:
    """Every 科室 enters what it knows of; nobody else is asked to."""
    if by.has(Role.SECTION_CLERK, Role.LEDGER_OFFICE):
        return allow()
    if register.by_schools and by.has(Role.SCHOOL):
        return allow()
    who = "科室填报员、学校经办人" if register.by_schools else "科室填报员"
    return refuse(f"{register.label}由{who}和台账汇总人登记")


def may_change(by: Any, item: Any) -> Decision:
    """Whoever entered it, the clerks of the same 科室 or school, and the ledger office."""
    if item.district_id != by.district_id:
        return refuse("只能登记本区县的清单")
    if not (by.has(Role.LEDGER_OFFICE) or item.section_id in places(by)):
        return refuse(f"这一条由{item.section}登记，由该单位或台账汇总人改动")
    if item.is_voided:
        return refuse("这一条已作废，不能再改。需要时重新登记")
    if getattr(item, "is_under_way", False):
        return refuse("已经交办，内容不再改动。要改的由台账汇总人退回或重新整改")
    return allow()


def may_dispose(by: Any, item: Any) -> Decision:
    """保留、合并、取消 (R13): as changing, by the bureau's own people only."""
    decision = may_change(by, item)
    if decision and not by.has(Role.SECTION_CLERK, Role.LEDGER_OFFICE):
        return refuse("处置意见由区教委科室提出")
    return decision


def places(by: Any) -> set[int]:
    """The 科室 and schools for which the person keeps registers."""
    ids: set[int] = by.organisation_ids(Role.SECTION_CLERK, Role.LEDGER_OFFICE, Role.SCHOOL)
    return ids
