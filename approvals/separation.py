"""R-SEP-01, 02, 05: the people of one application are different people, agents and principals included."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role

from .states import SEPARATED, Part, State

PLAYED = {
    Part.APPLICANT: "申报了这项申请",
    Part.EXPERT: "是这项申请的论证专家",
    Part.SCHOOL: "代表原学校办理过这项申请",
    Part.REVIEWER: "初审过这项申请",
    Part.PARTY_OFFICE: "以党委办身份审核过这项申请",
    Part.GOVERNMENT_OFFICE: "以政府办身份审核过这项申请",
    Part.LEADER: "审批过这项申请",
}

_VERB = {
    Part.APPLICANT: "申报",
    Part.EXPERT: "论证",
    Part.SCHOOL: "代表原学校办理",
    Part.REVIEWER: "初审",
    Part.PARTY_OFFICE: "以党委办身份审核",
    Part.GOVERNMENT_OFFICE: "以政府办身份审核",
    Part.LEADER: "审批",
}

# Who acts at a state: what waits, who is named as its holder, and who may send it back all read this.
ACTS_AT: dict[str, tuple[Role, ...]] = {
    State.SUBMITTED: (Role.PUBLICATION_CLERK,),
    State.APPRAISED: (Role.FIRST_REVIEWER,),
    State.REVIEWED: (Role.LEADER,),
    State.APPROVED: (Role.PUBLICATION_CLERK,),
    State.FILED: (Role.PUBLICATION_CLERK,),
    State.REPORTED: (Role.PUBLICATION_CLERK,),
    State.REQUESTED: (Role.FIRST_REVIEWER,),
    State.COLLECTED: (Role.PUBLICATION_CLERK,),
    State.CONSENTED: (Role.PARTY_OFFICE, Role.GOVERNMENT_OFFICE),
    State.PARTY_PASSED: (Role.GOVERNMENT_OFFICE,),
    State.GOVERNMENT_PASSED: (Role.PARTY_OFFICE,),
    State.VETTED: (Role.COMMITTEE,),
    State.CLEARED: (Role.PUBLICATION_CLERK,),
    State.ANNOUNCED: (Role.PUBLICATION_CLERK,),
    State.ASKED: (Role.SCHOOL,),
    State.SCHOOL_AGREED: (Role.FIRST_REVIEWER,),
    State.BUREAU_AGREED: (Role.COMMITTEE,),
    State.LENT: (Role.SCHOOL,),
}
PART_OF = {
    Role.FIRST_REVIEWER: Part.REVIEWER,
    Role.LEADER: Part.LEADER,
    Role.COMMITTEE: Part.LEADER,
    Role.PARTY_OFFICE: Part.PARTY_OFFICE,
    Role.GOVERNMENT_OFFICE: Part.GOVERNMENT_OFFICE,
    Role.SCHOOL: Part.SCHOOL,
    Role.PUBLICATION_CLERK: Part.OFFICE,
}


def seats(application: Any, by: Any, roles: Container[str]) -> list[Any]:
    """The roles of ``roles`` that the person holds for this matter: his own, or else those lent to him."""
    return own_or_lent(row for row in by.memberships if row.role in roles and _fits(row, application))


def own_or_lent(rows: Iterable[Any]) -> list[Any]:
    found = list(rows)
    return [row for row in found if row.on_behalf_of is None] or found


def _fits(row: Any, application: Any) -> bool:
    """The applicant is of the applying unit, the school the teacher's; other roles act for the district."""
    if row.role == Role.APPLICANT:
        return bool(row.organisation_id == application.organisation_id)
    if row.role == Role.SCHOOL:
        borrowing = application.particulars
        return borrowing is not None and row.organisation_id == borrowing.school_id
    return True


def plays_no_other_part(part: str) -> Callable[[Any, Any], Decision]:
    """申报、论证、初审、审批 of one application are different natural persons."""

    def guard(application: Any, by: Any) -> Decision:
        return capacity(application, by, part, application.state)[1]

    return guard


def capacity(application: Any, by: Any, part: str, state: str) -> tuple[Any, Decision]:
    """On whose behalf the person plays the part at the state (None: his own), and whether that is separated.

    Of several principals the first for whom nothing stands in the way.
    """
    roles = {Role.APPLICANT} if part == Part.APPLICANT else _roles_playing(part, state)
    held = seats(application, by, roles)
    principals = [row.on_behalf_of for row in held if row.on_behalf_of is not None]
    if not principals:
        return None, _separated(application, by, part)
    tried = [(one, _separated_agent(application, by, one, part)) for one in principals]
    return next((answer for answer in tried if answer[1]), tried[0])


def _roles_playing(part: str, state: str) -> set[Role]:
    return {role for role in ACTS_AT.get(state, ()) if PART_OF[role] == part}


def _separated(application: Any, by: Any, part: str) -> Decision:
    words = _played_by(application.part_of(by.person_id), part)
    if not words or part not in SEPARATED:
        return allow()
    return refuse(f"本人{words}，不能再{_VERB[Part(part)]}同一项申请，请由另一位同志办理", "R-SEP-01")


def _separated_agent(application: Any, by: Any, principal: Any, part: str) -> Decision:
    """Who acts for another must be free of other parts, and so must the other; and no party himself."""
    if part not in SEPARATED:
        return allow()
    played = application.parts_played([by.person_id, principal.pk])
    ways_out = f"不能再{_VERB[Part(part)]}同一项申请，由另一位同志办理"
    for name, key in ((f"代理人{by.person.name}", by.person_id), (f"被代理人{principal.name}", principal.pk)):
        words = _played_by(played.get(key, set()), part)
        if words:
            return refuse(f"{name}{words}，{ways_out}", "R-SEP-05", "代理人或被代理人已参与")
    if part != Part.APPLICANT and own_units(by) & application.involved_organisation_ids():
        return refuse(
            f"代理人{by.person.name}是申报单位或联合单位的人员，不能代{principal.name}{_VERB[Part(part)]}，"
            "由另一位同志办理",
            "R-SEP-05",
        )
    return allow()


def own_units(by: Any) -> set[int]:
    """Where the person belongs himself, without what is lent to him."""
    return {by.person.organisation_id, *(r.organisation_id for r in by.memberships if r.on_behalf_of is None)}


def _played_by(parts: set[str], part: str) -> str:
    return "、".join(PLAYED[Part(other)] for other in sorted(parts - {part}))


def from_another_section(application: Any, by: Any) -> Decision:
    """A 科室 that applies is first-reviewed by another one."""
    rooms = {row.organisation_id for row in seats(application, by, {Role.FIRST_REVIEWER})}
    if rooms - application.involved_organisation_ids():
        return allow()
    return refuse("本科室申报的事项由其他科室初审，请由另一科室的初审人办理", "R-SEP-02")
