"""Who may act on an application. Each answer carries its words; people are compared, not accounts."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role

from .separation import ACTS_AT, PART_OF, PLAYED, from_another_section, plays_no_other_part
from .states import DECIDED, EDITABLE, Part, State


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


def reads_borrowings(by: Any) -> bool:
    """Applications that name a teacher are read by those who decide on them or keep the register."""
    if by.has(Role.FIRST_REVIEWER, Role.COMMITTEE):
        return True
    return any(
        row.role == Role.SECTION_CLERK and row.organisation.handles_secondments for row in by.memberships
    )


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


def may_change_listed(application: Any, by: Any) -> Decision:
    """申请调整: what is on the whitelist is changed by a new application, never by editing the old one."""
    decision = may_write(application, by)
    if application.is_campus and application.state == State.PUBLISHED:
        return decision
    return decision & refuse("只有已公布白名单的事项才能申请调整，没有公布的直接修改或撤回")


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
        expert.pk: recusal_of(expert, played.get(expert.pk, set()) - {Part.EXPERT}, involved, recused)
        for expert in experts
    }


def recusal_of(expert: Any, parts: set[str], involved: set[int], recused: dict[int, str]) -> Decision:
    if expert.pk in recused:
        return refuse(f"{expert.name}已回避：{recused[expert.pk]}。换一位专家", "R-SEP-05")
    if parts:
        return refuse(f"{expert.name}{PLAYED[Part(min(parts))]}，须回避", "R-SEP-03")
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
