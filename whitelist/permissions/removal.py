"""Who proposes a removal, who is heard, who decides; people are compared, not accounts (R-REM-01)."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role

PROPOSERS = (Role.PUBLICATION_CLERK, Role.FIRST_REVIEWER, Role.COMPLAINT_HANDLER)


def may_remove(entry: Any, by: Any) -> Decision:
    """Take an entry off the list (R56): on a decision of the leading group, its member or its office."""
    if entry.district_id == by.district_id and by.has(Role.PUBLICATION_CLERK, Role.LEADER):
        return allow()
    return refuse("移出白名单由领导小组决定，由领导小组办公室办理，请与领导小组办公室联系")


def may_propose(entry: Any, by: Any) -> Decision:
    if entry.district_id == by.district_id and by.has(*PROPOSERS):
        return allow()
    return refuse("移出建议由区教委初审人、投诉办理人或领导小组办公室提出")


def may_read_removals(by: Any) -> Decision:
    """The whole register: whoever works in the bureau or for the leading group."""
    if by.is_authenticated and by.is_district_staff:
        return allow()
    return refuse("移出建议由区教委和领导小组办公室查看；本单位的在“待办”里")


def own_units(by: Any) -> set[int]:
    """Where the person belongs or acts: what concerns one of them is not told there from inside."""
    return {by.person.organisation_id, *(row.organisation_id for row in by.memberships)} - {None}


def reads_inside(removal: Any, by: Any) -> bool:
    """Inner reason, source, who proposed: the staff, never those of the unit that is heard."""
    return bool(may_read_removals(by)) and removal.department_id not in own_units(by)


def is_office(removal: Any, by: Any) -> Decision:
    if removal.district_id == by.district_id and by.has(Role.PUBLICATION_CLERK):
        return allow()
    return refuse("听取意见由领导小组办公室经办人办理")


def is_department(removal: Any, by: Any) -> Decision:
    """The unit that is heard speaks for itself."""
    if removal.department_id and removal.department_id in by.organisation_ids(Role.APPLICANT):
        return allow()
    return refuse(f"意见由{removal.department_name}的申报经办人填写")


def is_leader(removal: Any, by: Any) -> Decision:
    if removal.district_id == by.district_id and by.has(Role.LEADER):
        return allow()
    return refuse("是否移出由领导小组成员决定")


def acting_people(by: Any, *roles: str) -> tuple[set[int], Any]:
    """Who answers for what is done in the roles, and for whom (None: for nobody but oneself)."""
    held = [row for row in by.memberships if row.role in roles]
    if not held or any(row.on_behalf_of is None for row in held):
        return {by.person_id}, None
    principal = held[0].on_behalf_of
    return {by.person_id, principal.pk}, principal
