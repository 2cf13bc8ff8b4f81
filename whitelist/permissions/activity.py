"""Who may plan an activity, check it, look at it, and say what became of it."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role

_NAMED = "实施方案由名单上所列单位的申报经办人填报"
_DEPARTMENT = "实施方案由“{unit}”的申报经办人办理，请与该单位联系"
_BUREAU = "实施方案由区教委初审人核对，请与区教委联系"


def may_plan_for(unit: Any, by: Any) -> Decision:
    """Draw up, hand in, move, call off: the applicants of the unit that the entry names."""
    if unit is None:
        return refuse(_NAMED)
    if unit.pk in by.organisation_ids(Role.APPLICANT):
        return allow()
    return refuse(_DEPARTMENT.format(unit=unit))


def planning_unit(units: set[int], by: Any) -> Any:
    """Of the units that an item names, the one for which the person draws up its plan; None without one."""
    rows = (row for row in by.memberships if row.role == Role.APPLICANT and row.organisation_id in units)
    return next((row.organisation for row in rows), None)


def may_plan_somewhere(by: Any) -> Decision:
    """Whether there is any unit for which the person draws up plans."""
    return allow() if by.has(Role.APPLICANT) else refuse(_NAMED)


def may_plan(activity: Any, by: Any) -> Decision:
    return may_plan_for(activity.organisation, by)


def may_check(activity: Any, by: Any) -> Decision:
    """区教委: a first reviewer of the district; never of the own 科室, never who drew it up (R-SEP-02)."""
    seats = [row for row in by.memberships if row.role == Role.FIRST_REVIEWER]
    if not seats or by.district_id != activity.district_id:
        return refuse(_BUREAU)
    for seat in seats:
        people = {by.person_id, getattr(seat.on_behalf_of, "pk", None)}
        if activity.handler_id not in people and seat.organisation_id != activity.organisation_id:
            return allow()
    return refuse("本科室申报的、本人经办的实施方案由其他科室的初审人核对", "R-SEP-02")


def may_call_off(activity: Any, by: Any) -> Decision:
    """Both: the unit that no longer comes, and the bureau that stops it."""
    mine = may_plan(activity, by)
    return allow() if mine or may_check(activity, by) else mine


def may_answer_for(school_id: int, by: Any) -> Decision:
    """Say what became of a visit, write down who came unannounced: the school's own account."""
    if school_id in by.organisation_ids(Role.SCHOOL):
        return allow()
    return refuse("来校情况由这所学校的经办人登记，请与学校联系")


def may_see_every_school(by: Any) -> Decision:
    """The calendar of the whole district is for its staff; a school looks at its own."""
    return (
        allow() if by.is_district_staff else refuse("全区日历供区教委和领导小组办公室查看，学校看本校的日历")
    )
