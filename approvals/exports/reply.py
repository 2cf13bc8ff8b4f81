"""批复: the answer to the department, with what was granted on a page for the schools."""

from __future__ import annotations

from approvals.states import Delivery, Road, joined
from approvals.subject import subject_of
from jianfu.kernel.documents.official import Annex, Form, OfficialDocument, Paragraph, fact_lines

from .case import Case
from .verification import qr_of
from .wording import (
    decided_on,
    decision_step,
    filled,
    granted_manner,
    handed_in,
    matter,
    named,
    period,
    walked,
)

_PLAIN = frozenset({"", "同意", "同意。", "拟同意", "拟同意。", "审批同意", "审批同意。"})
# 003-3, 002 二4, 004 四(四)(六), 000 r8: what every approved activity is held to.
_HELD = (
    "严格按批准的内容开展，不得擅自扩大范围、增加频次、增加环节、延长时间。确需变更的，重新申请。",
    "不得对课时、教师参与和考核评价提出量化要求，不得将完成情况与学校、教师考核评价挂钩。",
    "不得开展商业活动、借机收费，不得要求打卡、接龙、点赞、截图等留痕。",
)
# R76, R77; R83, R87: what answers to other requests are held to.
_OTHERS = {
    Road.SURVEY: (
        "严格按同意的对象、内容和时间开展，不得重复采集已有的数据。",
        "不得强制教师填写，不得要求打卡、接龙、截图等留痕。",
    ),
    Road.SECONDMENT: (
        "借用期间不安排与批准事项无关的工作，不得影响学校正常教学。",
        "期满按时返岗。确需继续借用的，期满前重新申请。",
    ),
    Road.SECONDMENT_SHORT: ("只在批准的日期内抽调，结束后及时返岗，不得影响学校正常教学。",),
}
_LEFT_OUT = ("经办人", "承诺", "附件", "是否")


def reply(case: Case) -> OfficialDocument:
    unit = case.group if case.application.is_campus else case.bureau
    step = decision_step(case)
    return OfficialDocument(
        issuer=f"{unit}文件",
        title=unit + subject_of(case.application.road, case.title, answered=_answered(case)),
        recipient=case.application.organisation.name,
        body=(
            Paragraph(f"{handed_in(case)}{walked(case)}，现批复如下："),
            Paragraph("同意的内容", 1),
            *_granted(case),
            Paragraph("有关要求", 1),
            *(Paragraph(words, 3) for words in _requirements(case, step.note if step else "")),
            Paragraph("此复。"),
        ),
        annexes=(Annex(f"{_thing(case)}内容", (Form(fact_lines(_content(case))), *qr_of(case))),),
        units=(unit,),
        dated=decided_on(case),
        copies=_copies(case, unit),
        printed_by=f"{unit}办公室",
        printed_on=decided_on(case),
    )


def _answered(case: Case) -> bool:
    """The bureau gives what it knows already, and nobody is asked (R78, R79)."""
    return "answer_from_data" in case.taken


def _thing(case: Case) -> str:
    return "同意开展的活动" if case.application.is_campus else "申请事项"


def _granted(case: Case) -> list[Paragraph]:
    application = case.application
    where = f"，范围为{case.content['实施学校']}" if filled(case, "实施学校") else ""
    often = f"，{case.content['开展频次']}" if filled(case, "开展频次") else ""
    when = f"，时间为{period(case)}" if period(case) != "—" else ""
    if _answered(case):
        return [Paragraph("所需数据由区教委从现有数据中提供，不再向学校和教师采集。")]
    rows = [Paragraph(f"同意{matter(case)}{when}{where}{often}。具体内容见附件。")]
    if application.granted_delivery == Delivery.RESOURCES:
        rows.append(Paragraph("由你单位提供资源和指导，学校自主开展，不另行组织进校活动。"))
    if joins := joined(application.granted_integration):
        rows.append(Paragraph(f"融入{joins}开展，不另行占用课时。"))
    if case.absorbed:
        names = "；".join(map(named, case.absorbed))
        rows.append(Paragraph(f"并入本事项一并开展、不再单独进校的申请：{names}。"))
    return rows


def _requirements(case: Case, note: str) -> list[str]:
    road = Road(case.application.road)
    if _answered(case):
        return ["不得就已有的数据另行向学校和教师发放报表、问卷。"]
    rows = [*_OTHERS.get(road, _HELD), *([_PLANS[road]] if road in _PLANS else [])]
    if note.strip() not in _PLAIN:
        rows.append(f"审批意见：{note.strip()}")
    return rows


_AT_THE_GATE = "进校时出示本批复，超出批准内容的，学校有权拒绝。"
_PLANS = {
    Road.CAMPUS_ANNUAL: f"活动实施方案按规定的时限报区教委核对后再开展。{_AT_THE_GATE}",
    Road.CAMPUS_SINGLE: f"按随申请报送的活动实施方案开展。{_AT_THE_GATE}",
    Road.CAMPUS_URGENT: f"按随申请报送的活动实施方案开展。{_AT_THE_GATE}",
}


def _content(case: Case) -> list[tuple[str, str]]:
    facts = [
        (label, words)
        for label, words in case.content.items()
        if words != "—" and not label.startswith(_LEFT_OUT)
    ]
    return [("申请编号", case.application.number), *facts, *granted_manner(case)]


def _copies(case: Case, unit: str) -> tuple[str, ...]:
    others = [*case.joint, *(row.organisation.name for row in case.absorbed), case.bureau]
    left = {unit, case.application.organisation.name}
    return tuple(name for name in dict.fromkeys(others) if name not in left)
