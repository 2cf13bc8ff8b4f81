"""借用教师: names are for those who keep the register, the ledger office, and the teacher's own school."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role


def may_keep_register(by: Any) -> Decision:
    """Add, change, register a return: clerks of the 科室 that handles secondments (组织人事科)."""
    if any(row.role == Role.SECTION_CLERK and row.organisation.handles_secondments for row in by.memberships):
        return allow()
    return refuse("借用教师由组织人事科登记，请与组织人事科联系")


def may_read_register(by: Any) -> Decision:
    """The bureau and the leading group read it, a school its own teachers; departments never do."""
    if by.is_district_staff or by.has(Role.SCHOOL):
        return allow()
    return refuse("借用教师台账只供区教委和教师所在学校查看")


def may_see_all_names(by: Any) -> Decision:
    if by.has(Role.LEDGER_OFFICE) or may_keep_register(by):
        return allow()
    return refuse("教师姓名只对组织人事科、台账汇总人和教师所在学校显示")


def may_search_names(by: Any) -> Decision:
    """Who sees no name may not find one out by searching either."""
    return allow() if by.has(Role.SCHOOL) else may_see_all_names(by)


def may_see_name(by: Any, secondment: Any) -> Decision:
    """A school sees the names of its own teachers."""
    if secondment.school_id in by.organisation_ids(Role.SCHOOL):
        return allow()
    return may_see_all_names(by)


def may_change(by: Any, secondment: Any) -> Decision:
    keeper = may_keep_register(by)
    if keeper and secondment.is_voided:
        return refuse("这条记录已作废，不能再改。需要时请重新登记")
    return keeper
