"""退回通知 and 不予通过通知: why, and what to do next."""

from __future__ import annotations

from typing import Any

from approvals.states import Ground, State
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.documents.official import OfficialDocument, Paragraph

from .case import Case, grounds
from .wording import day, handed_in, matter, telephone

# What each ground asks to be mended in the form.
_MENDING = {
    Ground.OVER_LIMIT: "调整开展频次，使其不超过清单规定的次数。",
    Ground.INTEGRATE: "改为融入日常教育教学的方式，填写融合方式和与现有课程的关系。",
    Ground.BASIS: "补充准入条件、依据文件的名称和文号，并上传依据文件。",
    Ground.PLAN: "补充活动实施方案，写明日程、地点和人员分工。",
    Ground.SAFETY: "补充安全责任和应急预案。",
    Ground.SCOPE: "调整实施学校、年级、人数或课时。",
    Ground.TIMING: "调整开展时间。",
    Ground.TRACES: "删去打卡、截图等留痕和考核、收费的要求。",
    Ground.REPEATED: "与相同或相近主题的申报单位协商，合并申报。",
}


def return_notice(case: Case) -> OfficialDocument:
    step = case.last("return_")
    body = [
        Paragraph(f"{_opening(case, step)}需要补正，现予退回。有关事项通知如下："),
        Paragraph("退回理由", 1),
        *_reasons(step),
        Paragraph("需要补正的内容", 1),
        *_mending(step),
        Paragraph("重新报送", 1),
        Paragraph(_again(case)),
    ]
    return _notice(case, step, f"关于退回{matter(case)}申请的通知", body)


def refusal_notice(case: Case) -> OfficialDocument:
    step = case.last("reject")
    contact = telephone(case)
    asked = (
        f"对本决定有疑问的，可以向我单位了解（{contact}）。"
        if contact
        else "对本决定有疑问的，可以向我单位了解。"
    )
    body = [
        Paragraph(f"{_opening(case, step)}不予通过。现将理由通知如下："),
        *_reasons(step),
        Paragraph(f"未经批准的活动不得进入校园。{asked}情况变化后需要开展的，可以重新申请。"),
    ]
    return _notice(case, step, f"关于{matter(case)}申请不予通过的通知", body)


def _notice(case: Case, step: Any, title: str, body: list[Paragraph]) -> OfficialDocument:
    return OfficialDocument(
        title=title,
        number=case.application.number or "",
        recipient=case.application.organisation.name,
        body=tuple(body),
        units=(_unit(case, step),),
        dated=day(step.at),
        copies=tuple(case.joint),
    )


def _opening(case: Case, step: Any) -> str:
    """The version that was judged, which may not be the last one."""
    opening = (
        handed_in(case)
        if step.content_version == case.application.content_version
        else (
            f"你单位第{step.content_version}次报送的{matter(case)}申请（编号：{case.application.number}）收悉。"
        )
    )
    return f"{opening}在“{State(step.source).label}”环节审核，"


def _unit(case: Case, step: Any) -> str:
    """Who answers: the leading group's office, the group itself, or the bureau."""
    if step.source == State.REVIEWED:
        return case.group
    return case.office if step.source in (State.SUBMITTED, State.REPORTED) else case.bureau


def _reasons(step: Any) -> list[Paragraph]:
    named = [Paragraph(f"{ground.label}。", 3) for ground in grounds(step) if ground != Ground.OTHER]
    return [*named, Paragraph(step.note)]


def _mending(step: Any) -> list[Paragraph]:
    found = [Paragraph(_MENDING[ground], 3) for ground in grounds(step) if ground in _MENDING]
    return found or [Paragraph("按退回理由逐项修改申请内容和附件。")]


def _again(case: Case) -> str:
    application = case.application
    due = application.due_on if application.state == State.RETURNED else None
    until = f"在{chinese_date(due)}前" if due else ""
    contact = telephone(case)
    return f"修改后{until}在“我的申请”中重新提交，编号不变。{f'（{contact}）' if contact else ''}"
