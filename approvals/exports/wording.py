"""Sentences that several documents share."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from approvals.columns import label_of, printed_value
from approvals.figures import BORROWING_APPROVER, INSPECTION_APPROVER
from approvals.states import INSPECTIONS, Road
from approvals.subject import matter_of
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.policy import figure_value
from jianfu.kernel.quotes import quoted

from .case import Case


def day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def named(application: Any) -> str:
    """区公安分局“禁毒宣讲”（JXY20260003）."""
    return f"{application.organisation.name}{quoted(application)}（{application.number}）"


def matter(case: Case) -> str:
    """“消防演练”进校园活动."""
    return matter_of(case.application.road, case.title)


def handed_in(case: Case) -> str:
    """How every answer begins."""
    number, count = case.application.number, case.application.content_version
    times = f"，第{count}次报送" if count > 1 else ""
    return f"你单位报来的{matter(case)}申请（编号：{number}{times}）收悉。"


_WALKED = (
    ("conclude", "专家论证"),
    ("consent", "区教委归口审核"),
    ("consent_directly", "区教委归口审核"),
    ("school_agree", "原学校和教师本人同意"),
    ("party_review", "党委办审核"),
    ("government_review", "政府办审核"),
    ("pass_review", "区教委初审"),
)
_DECIDING = ("approve", "approve_item", "approve_in_plan", "lend", "agree", "answer_from_data")


def decision_step(case: Case) -> Any:
    """The step that gave the yes."""
    return next((case.taken[name] for name in _DECIDING if name in case.taken), None)


def walked(case: Case) -> str:
    """经专家论证、区教委初审，…审批同意（文号）: the road as it was really walked."""
    before = [words for name, words in _WALKED if name in case.taken]
    application = case.application
    if application.road in (Road.SURVEY, Road.SECONDMENT_SHORT):
        return "经研究"  # the bureau itself decides
    if application.road == Road.SECONDMENT:
        before.append("区教委同意")
    number = f"（{application.meeting_number}）" if application.meeting_number else ""
    when = chinese_date(decided_on(case))
    judge = judge_of(case)
    passed = f"经{'、'.join(before)}，" if before else ""
    return f"{passed}{judge}{when}审批同意{number}"


def judge_of(case: Case) -> str:
    """Who approves: the leading group, or whom the district's figure names."""
    application = case.application
    if application.is_campus:
        return case.group
    figure = INSPECTION_APPROVER if application.road in INSPECTIONS else BORROWING_APPROVER
    return str(figure_value(figure, application.district_id, decided_on(case)))


def decided_on(case: Case) -> date:
    found = decision_step(case)
    return case.application.decided_on or (day(found.at) if found else day(case.application.state_entered_at))


def period(case: Case) -> str:
    """2026年9月1日至2026年11月30日."""
    start, end = case.content.get("开始日期", "—"), case.content.get("结束日期", "—")
    return start if end in {"—", start} else f"{start}至{end}"


def granted_manner(case: Case) -> list[tuple[str, str]]:
    """How it may be done, where the decision says so."""
    application = case.application
    ways = ("granted_delivery", "granted_integration")
    return [
        (label_of(application, name), printed_value(application, name))
        for name in ways
        if getattr(application, name)
    ]


def filled(case: Case, *labels: str) -> list[tuple[str, str]]:
    """Those items of the form that say something."""
    return [(label, case.content[label]) for label in labels if case.content.get(label, "—") != "—"]


def bases(case: Case) -> list[tuple[str, str]]:
    return [(label, words) for label, words in case.content.items() if label.startswith("准入条件")]


def telephone(case: Case) -> str:
    """（联系电话：…）; "" where the district has none."""
    number = case.application.district.contact_phone
    return f"联系电话：{number}" if number else ""
