"""Who keeps the list of monitoring points, who reports, who reads."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role


def may_keep_points(by: Any) -> Decision:
    if by.has(Role.SYSTEM_ADMINISTRATOR):
        return allow()
    return refuse("监测点学校由系统管理员维护，请与系统管理员联系")


def may_report(school_id: int, by: Any) -> Decision:
    if school_id in by.organisation_ids(Role.SCHOOL):
        return allow()
    return refuse("监测月报由监测点学校的经办人填写")


def may_read_monitoring(by: Any) -> Decision:
    """The bureau's staff read all schools; a school its own."""
    if by.is_authenticated and (by.is_district_staff or by.has(Role.SCHOOL)):
        return allow()
    return refuse("监测月报由区教委查看，学校看本校的")
