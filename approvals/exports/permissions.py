"""Which document there is for whom. A refusal says what is missing, or to whom the document goes."""

from __future__ import annotations

from collections.abc import Callable

from approvals.permissions import may_read_panel
from approvals.states import DECIDED, INSPECTIONS, Road, State
from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role

from .case import Case
from .kinds import Paper

_FILES = frozenset({State.APPROVED, State.FILED, State.PUBLISHED, State.ANNOUNCED, State.RECORDED})
_DECIDERS = (Role.PUBLICATION_CLERK, Role.FIRST_REVIEWER, Role.LEADER, Role.COMMITTEE)


def may_print(case: Case, paper: Paper) -> Decision:
    """Whether the document exists now and this person may have it; the application itself is visible."""
    if not case.application.content_version:
        return refuse("草稿还没有提交，提交后才有可打印的文书")
    return _CHECKS[paper](case)


def may_have_dossier(case: Case) -> Decision:
    """全套材料: whoever decides or keeps the office, and the unit whose application it is."""
    if not case.application.content_version:
        return refuse("草稿还没有提交，提交后才有全套材料")
    if case.application.organisation_id in case.by.organisation_ids(Role.APPLICANT):
        return allow()
    return _inside(case, "全套材料由申报单位、初审人、审批人和领导小组办公室下载")


def _panel(case: Case) -> Decision:
    if case.application.road not in (Road.CAMPUS_ANNUAL, Road.CAMPUS_SINGLE):
        return refuse("这类申请不经专家论证，没有论证意见表")
    if "conclude" not in case.taken:
        return refuse("专家论证意见还没有汇总，汇总后才能打印")
    if case.applies and not case.decided:
        return refuse("论证意见在作出审批决定后提供给申报单位")
    return may_read_panel(case.application, case.by)


def _whoever_sees_it(_case: Case) -> Decision:
    return allow()


def _reply(case: Case) -> Decision:
    if case.application.road == Road.CAMPUS_EXEMPT:
        return refuse("免申报事项只作登记，没有批复")
    if case.application.state not in DECIDED:
        return refuse("还没有审批同意，同意后才有批复")
    return allow()


def _filing(case: Case) -> Decision:
    if not (case.application.is_campus or case.application.road in INSPECTIONS):
        return refuse("这类申请不用备案，没有备案报告")
    if case.application.road == Road.CAMPUS_EXEMPT:
        return refuse("免申报事项只作登记，不用备案")
    if case.application.state not in _FILES:
        return refuse("还没有到备案环节，到备案环节后才能打印备案报告")
    return _inside(case, "备案报告由领导小组办公室报备案机关，申报单位和专家不用办理")


def _return(case: Case) -> Decision:
    if case.last("return_") is None:
        return refuse("这项申请没有退回过，没有退回通知")
    return _party(case, "退回通知发给申报单位")


def _refusal(case: Case) -> Decision:
    if case.application.state != State.REJECTED or case.last("reject") is None:
        return refuse("这项申请没有不予通过的决定")
    return _party(case, "不予通过通知发给申报单位")


def _inside(case: Case, words: str) -> Decision:
    """Whoever decides or keeps the office, unless the application is the person's own."""
    return allow() if case.by.has(*_DECIDERS) and not case.applies else refuse(words)


def _party(case: Case, words: str) -> Decision:
    """The applicant and whoever works on the answer; an expert is no party to it."""
    return allow() if case.applies or case.by.is_district_staff else refuse(words)


_CHECKS: dict[Paper, Callable[[Case], Decision]] = {
    Paper.FORM: _whoever_sees_it,
    Paper.PANEL: _panel,
    Paper.FLOW: _whoever_sees_it,
    Paper.REPLY: _reply,
    Paper.FILING: _filing,
    Paper.RETURN: _return,
    Paper.REFUSAL: _refusal,
}
