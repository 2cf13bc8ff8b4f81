"""Who may see, handle, read and sign complaints. The accused unit never may, whatever the role."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role
from whitelist.complaints.kinship import kin
from whitelist.states.complaint import TO_SIGN

_HANDLERS = frozenset({Role.COMPLAINT_HANDLER})
# Where the bureau itself is accused: 领导小组 and its office, those of them who are not of the bureau.
_ESCALATED = frozenset({Role.COMPLAINT_HANDLER, Role.PUBLICATION_CLERK, Role.LEADER})
_STATISTICS = frozenset({Role.COMPLAINT_HANDLER, Role.LEADER, Role.PUBLICATION_CLERK, Role.LEDGER_OFFICE})


def handles_complaints(by: Any) -> Decision:
    """投诉办理人: the list, what the office takes down itself."""
    if by.is_authenticated and by.has(*_HANDLERS):
        return allow()
    return refuse("投诉举报由投诉办理人办理")


def may_reach_complaints(by: Any) -> Decision:
    """Whether there may be anything for this person: handlers, and those who sign or stand in."""
    return allow() if by.is_authenticated and by.has(*_ESCALATED) else handles_complaints(by)


def may_read_statistics(by: Any) -> Decision:
    if by.is_authenticated and by.has(*_STATISTICS):
        return allow()
    return refuse("投诉统计由投诉办理人、领导小组及其办公室、台账汇总人查阅")


def is_apart(complaint: Any, by: Any) -> Decision:
    """No person of the accused unit; also asked before somebody else is made its handler."""
    accused = {row.pk for row in complaint.accused_units}
    if complaint.district_id == by.district_id and not accused & kin(by):
        return allow()
    return refuse(f"{by.person.name}在被反映的单位任职，须回避，请交给其他办理人")


def may_handle(complaint: Any, by: Any) -> Decision:
    """Could this person be the handler?"""
    roles = _ESCALATED if complaint.escalated else _HANDLERS
    if not by.is_active or not by.has(*roles):
        who = "领导小组及其办公室的人员" if complaint.escalated else "投诉办理人"
        return refuse(f"这一件由{who}办理")
    return is_apart(complaint, by)


def is_handler(complaint: Any, by: Any) -> Decision:
    """The assigned handler, while they may handle it."""
    if complaint.handler_id is None:
        return refuse("这一件还没有人领办，先领办")
    if complaint.handler_id != by.pk:
        return refuse(f"这一件由{complaint.handler.person.name}办理")
    return may_handle(complaint, by)


def may_read_words(complaint: Any, by: Any) -> Decision:
    """What the writer wrote and sent, and the questions: the assigned handler alone."""
    return is_handler(complaint, by)


def may_assign(complaint: Any, by: Any) -> Decision:
    """Take it, take it over, hand it on: any handler, so that nothing waits for one who is away."""
    return may_handle(complaint, by)


def may_sign(complaint: Any, by: Any) -> Decision:
    """通报, 曝光: a leader who neither handles it nor found."""
    if not by.has(Role.LEADER):
        return refuse("通报、曝光由领导小组成员签发")
    if by.person_id in complaint.handling_people:
        return refuse("经办过这一件的人不能签发，由其他领导小组成员签发")
    return is_apart(complaint, by)


def may_judge_fabrication(complaint: Any, by: Any) -> Decision:
    """捏造 is said by a leader who had nothing to do with the check."""
    if not by.has(Role.LEADER) or by.person_id in complaint.handling_people:
        return refuse("是否捏造由没有经办过这一件的领导小组成员认定")
    return is_apart(complaint, by)


def may_see(complaint: Any, by: Any) -> bool:
    """The same door as `Complaints.visible_to`, for one row."""
    decides = complaint.state in TO_SIGN or complaint.fabrication_proposed
    reaches = may_handle(complaint, by) or (decides and by.has(Role.LEADER))
    return bool(reaches and is_apart(complaint, by))
