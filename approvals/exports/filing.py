"""备案报告: what was approved, reported to the body that keeps the files (004 四（三）)."""

from __future__ import annotations

from jianfu.kernel.dates import chinese_date, today
from jianfu.kernel.documents.official import Annex, Form, OfficialDocument, Paragraph, fact_lines

from .case import Case
from .wording import (
    bases,
    day,
    decided_on,
    decision_step,
    filled,
    granted_manner,
    judge_of,
    matter,
    named,
    period,
    telephone,
)

_ITEMS = (
    "联合单位",
    "类别",
    "开展频次",
    "实施学校",
    "参与学生人数",
    "需教师人数",
    "每班占用课时",
    "活动内容",
)


def filing_report(case: Case) -> OfficialDocument:
    application = case.application
    unit = case.group if application.is_campus else case.bureau
    step = decision_step(case)
    return OfficialDocument(
        issuer=f"{unit}文件",
        signer=step.person.name if step else "",
        title=f"{unit}关于{matter(case)}的备案报告",
        recipient=application.filing_body or application.district.filing_body,
        body=(
            Paragraph(f"根据有关规定，现将我区审批同意的{matter(case)}报告如下，请予备案。"),
            Paragraph("事项概况", 1),
            Form(fact_lines(_overview(case))),
            Paragraph("审批过程", 1),
            *(Paragraph(words, 3) for words in _course(case)),
            Paragraph("特此报告。"),
        ),
        annexes=_annexes(case),
        units=(unit,),
        dated=application.filed_on,
        year=today().year,
        remark=telephone(case),
        printed_by=f"{unit}办公室",
        printed_on=application.filed_on,
    )


def _overview(case: Case) -> list[tuple[str, str]]:
    application = case.application
    return [
        ("事项名称", case.title),
        ("申请编号", application.number),
        ("申报单位", application.organisation.name),
        ("类型", application.get_road_display()),
        ("开展时间", period(case)),
        *filled(case, *_ITEMS),
        *granted_manner(case),
        *bases(case),
        *(("并入的申请", named(row)) for row in case.absorbed),
    ]


_COURSE = {
    "conclude": "专家委员会论证，结论为“{conclusion}”。",
    "pass_review": "区教委初审同意。",
    "consent": "区教委归口审核同意。",
    "consent_directly": "区教委归口审核同意。",
    "party_review": "党委办审核同意。",
    "government_review": "政府办审核同意。",
}


def _course(case: Case) -> list[str]:
    """Each step of the content that was approved, with its day."""
    application = case.application
    said = {"conclusion": application.get_panel_conclusion_display()}
    rows = [
        f"{chinese_date(day(step.at))}，{_COURSE[name].format(**said)}"
        for name, step in sorted(case.taken.items(), key=lambda pair: pair[1].at)
        if name in _COURSE
    ]
    number = f"（{application.meeting_number}）" if application.meeting_number else ""
    return [*rows, f"{chinese_date(decided_on(case))}，{judge_of(case)}审批同意{number}。"]


def _annexes(case: Case) -> tuple[Annex, ...]:
    names = ["申报审批表"] if case.application.is_campus else []
    if "conclude" in case.taken:
        names.append("专家论证意见表")
    return tuple(Annex(name) for name in (*names, "批复"))
