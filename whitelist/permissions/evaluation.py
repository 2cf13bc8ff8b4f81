"""Who speaks in an evaluation, and who reads it."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role


def may_read_evaluations(by: Any) -> Decision:
    """Every evaluation of the district: whoever works in the bureau or for the leading group."""
    if by.is_authenticated and by.is_district_staff:
        return allow()
    return refuse("全区的绩效评估由区教委和领导小组办公室查看；本单位的在“待办”里")


def may_assess(by: Any) -> Decision:
    """The bureau's voice."""
    return allow() if by.has(Role.FIRST_REVIEWER) else refuse("区教委的评价由初审人填写")


def gives_feedback(by: Any) -> bool:
    """Departments and schools say what they think of how things go (R110)."""
    return by.is_authenticated and by.has(Role.APPLICANT, Role.SCHOOL)


def may_give_feedback(by: Any) -> Decision:
    return allow() if gives_feedback(by) else refuse("意见建议由部门和学校的经办人提出")


def may_answer_feedback(feedback: Any, by: Any) -> Decision:
    if feedback.district_id == by.district_id and by.has(Role.PUBLICATION_CLERK, Role.FIRST_REVIEWER):
        return allow()
    return refuse("意见建议由区教委初审人或领导小组办公室答复")
