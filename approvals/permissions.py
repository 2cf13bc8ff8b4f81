"""Who may act on an application. Each answer carries its words; people are compared, not accounts."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import Any

from django.db.models import prefetch_related_objects

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role

from .states import DECIDED, EDITABLE, SEPARATED, Part, PlanState, State

_PLAYED = {
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


def may_apply(by: Any) -> Decision:
    if by.has(Role.APPLICANT):
        return allow()
    return refuse("申报由各部门的申报经办人办理，请本单位的经办人登录后申报")


def applying_unit(by: Any) -> Any:
    """The organisation for which the person applies; the first where there are several."""
    return next(row.organisation for row in by.memberships if row.role == Role.APPLICANT)


def applies(by: Any) -> bool:
    """Has a page 我的申请."""
    return by.is_authenticated and by.has(Role.APPLICANT)


def judges(by: Any) -> bool:
    """Has a page 待论证."""
    return by.is_authenticated and by.has(Role.EXPERT)


def may_keep_held_data(by: Any) -> Decision:
    if by.has(Role.SYSTEM_ADMINISTRATOR):
        return allow()
    return refuse("已有数据目录由系统管理员维护")


def may_renew(application: Any, by: Any) -> bool:
    """续借 is offered to the unit that borrows, while the teacher is away."""
    return application.state == State.LENT and bool(may_write(application, by))


def may_read_list(by: Any) -> Decision:
    """申请 of the whole district: whoever works in the bureau or for the leading group."""
    if by.is_authenticated and by.is_district_staff:
        return allow()
    return refuse("全区的申请由区教委和领导小组办公室查看；本单位的申请在“我的申请”里")


def may_read_version(by: Any, version: Any) -> bool:
    """What was only being written, before it was handed in (again), is the applicant's own.

    A version that holds the panel's conclusion is for those who may read the panel's opinion now.
    """
    if version.panel_conclusion:
        present = type(version.instance)._base_manager.get(pk=version.id)
        return bool(may_read_panel(present, by))
    return version.state not in EDITABLE or version.organisation_id in by.organisation_ids(Role.APPLICANT)


def may_write(application: Any, by: Any) -> Decision:
    """The applicant's organisation writes its own application."""
    if application.organisation_id in by.organisation_ids(Role.APPLICANT):
        return allow()
    return refuse("只有申报单位的经办人能修改和提交这项申请")


def _holds(application: Any, by: Any, role: str, words: str) -> Decision:
    return allow() if by.district_id == application.district_id and by.has(role) else refuse(words)


def may_run_office(application: Any, by: Any) -> Decision:
    """领导小组办公室: assigns experts, sums up their opinions, records the filing, publishes."""
    return _holds(application, by, Role.PUBLICATION_CLERK, "这一步由领导小组办公室经办人办理")


def is_reviewer(application: Any, by: Any) -> Decision:
    return _holds(application, by, Role.FIRST_REVIEWER, "初审由区教委初审人办理")


def is_leader(application: Any, by: Any) -> Decision:
    return _holds(application, by, Role.LEADER, "审批由领导小组成员办理")


def is_party_office(application: Any, by: Any) -> Decision:
    return _holds(application, by, Role.PARTY_OFFICE, "这一步由党委办审核人办理")


def is_government_office(application: Any, by: Any) -> Decision:
    return _holds(application, by, Role.GOVERNMENT_OFFICE, "这一步由政府办审核人办理")


def is_committee(application: Any, by: Any) -> Decision:
    return _holds(application, by, Role.COMMITTEE, "审批由党委（人社）审批人办理")


def is_the_school(application: Any, by: Any) -> Decision:
    """The school that the teacher belongs to, and no other."""
    borrowing = application.particulars
    if borrowing is not None and borrowing.school_id in by.organisation_ids(Role.SCHOOL):
        return allow()
    return refuse("这一步由教师原学校的经办人办理")


def roles_at(application: Any, by: Any) -> list[Role]:
    """The roles by which this person holds the matter at its present step."""
    if by.district_id != application.district_id:
        return []
    held = [role for role in ACTS_AT.get(application.state, ()) if by.has(role)]
    return [role for role in held if role != Role.SCHOOL or is_the_school(application, by)]


def whoever_decides(application: Any, by: Any) -> Decision:
    """退回补正, 不予通过 and 并入: whoever holds the matter at its present step."""
    if roles_at(application, by):
        return allow()
    return refuse("这一步由现在的办理人办理")


def seats(application: Any, by: Any, roles: Container[str]) -> list[Any]:
    """The roles of ``roles`` that the person holds for this matter: his own, or else those lent to him."""
    return _own_or_lent(row for row in by.memberships if row.role in roles and _fits(row, application))


def _own_or_lent(rows: Iterable[Any]) -> list[Any]:
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
    return "、".join(_PLAYED[Part(other)] for other in sorted(parts - {part}))


def separated_decider(application: Any, by: Any) -> Decision:
    """The separation that belongs to the step at which a negative answer is given."""
    parts = {PART_OF[role] for role in roles_at(application, by)} - {Part.OFFICE}
    if not parts:
        return allow()
    checks = [plays_no_other_part(part)(application, by) for part in parts]
    decision = next((check for check in checks if check), checks[0])
    if parts == {Part.REVIEWER}:
        decision &= from_another_section(application, by)
    return decision


def from_another_section(application: Any, by: Any) -> Decision:
    """A 科室 that applies is first-reviewed by another one."""
    rooms = {row.organisation_id for row in seats(application, by, {Role.FIRST_REVIEWER})}
    if rooms - application.involved_organisation_ids():
        return allow()
    return refuse("本科室申报的事项由其他科室初审，请由另一科室的初审人办理", "R-SEP-02")


def may_be_asked(application: Any, expert: Any) -> Decision:
    """An expert is no party to the application, and not of the applicant's unit (B3)."""
    return may_be_asked_all(application, [expert])[expert.pk]


def may_be_asked_all(application: Any, experts: list[Any]) -> dict[int, Decision]:
    """The same for a whole list: person → decision, with as many queries as for one."""
    prefetch_related_objects(experts, "memberships")
    played = application.parts_played([expert.pk for expert in experts])
    involved = application.involved_organisation_ids()
    recused = application.recused_experts()
    return {
        expert.pk: _recusal(expert, played.get(expert.pk, set()) - {Part.EXPERT}, involved, recused)
        for expert in experts
    }


def _recusal(expert: Any, parts: set[str], involved: set[int], recused: dict[int, str]) -> Decision:
    if expert.pk in recused:
        return refuse(f"{expert.name}已回避：{recused[expert.pk]}。换一位专家", "R-SEP-05")
    if parts:
        return refuse(f"{expert.name}{_PLAYED[Part(min(parts))]}，须回避", "R-SEP-03")
    units = {expert.organisation_id, *(row.organisation_id for row in expert.memberships.all())}
    if units & involved:
        return refuse(f"{expert.name}是申报单位或联合单位的人员，须回避", "R-SEP-04")
    return allow()


def may_give_opinion(assignment: Any, by: Any) -> Decision:
    if assignment.recused_at:
        return refuse("本人已回避这项申请，不用再论证")
    if assignment.expert_id == by.person_id and by.has(Role.EXPERT):
        return allow()
    return refuse("论证意见由被指派的专家本人填写")


def may_issue_link(person: Any, by: Any) -> Decision:
    return _holds(person, by, Role.PUBLICATION_CLERK, "专家链接由领导小组办公室经办人发出")


def may_read_registry(by: Any) -> Decision:
    """专家委员会: whoever asks experts."""
    if by.is_authenticated and by.has(Role.PUBLICATION_CLERK):
        return allow()
    return refuse("专家名单由领导小组办公室经办人查看")


def may_read_panel(application: Any, by: Any) -> Decision:
    """The panel's opinion: the applicant reads it after the decision, an expert after the own sheet."""
    if application.state in DECIDED | {State.REJECTED}:
        return allow()
    units = by.organisation_ids(Role.APPLICANT)
    if units and units & application.involved_organisation_ids():
        return refuse("论证意见在作出审批决定后可以查看")
    sheets = application.assignments.counting().current().filter(expert_id=by.person_id)
    own = list(sheets.values_list("opinion__submitted_at", flat=True))
    if all(own) if own else by.is_district_staff:
        return allow()
    return refuse("本人交了论证意见以后，才能看到专家组的意见")


def may_recuse(application: Any, expert: Any, by: Any) -> Decision:
    """回避: each expert for oneself, the office for anybody of the panel."""
    if expert.pk == by.person_id and by.has(Role.EXPERT):
        return allow()
    if expert.district_id == application.district_id and may_run_office(application, by):
        return allow()
    return refuse("回避由专家本人提出，或由领导小组办公室经办人办理")


# --- 年度计划 --------------------------------------------------------------------------------------------

_JUDGES_PLAN: dict[str, tuple[Role, ...]] = {
    PlanState.SENT: (Role.PARTY_OFFICE, Role.GOVERNMENT_OFFICE),
    PlanState.PARTY_PASSED: (Role.GOVERNMENT_OFFICE,),
    PlanState.GOVERNMENT_PASSED: (Role.PARTY_OFFICE,),
    PlanState.VETTED: (Role.COMMITTEE,),
}


def whoever_judges_the_plan(plan: Any, by: Any) -> Decision:
    roles = _JUDGES_PLAN.get(plan.state, ())
    if by.district_id == plan.district_id and by.has(*roles):
        return allow()
    return refuse("退回计划由现在的审核或审批人办理")


def plan_principals(by: Any, state: str) -> list[Any]:
    """For whom the person acts on the plan at the state; empty where the role is his own."""
    roles = _JUDGES_PLAN.get(state, (Role.PUBLICATION_CLERK,))
    held = _own_or_lent(row for row in by.memberships if row.role in roles)
    return [row.on_behalf_of for row in held if row.on_behalf_of is not None]
