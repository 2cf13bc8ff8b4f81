"""核查通知, 通报, 约谈通知, 处理结果告知: official papers; none tells who wrote, or when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.kernel.documents.official import OfficialDocument, Paragraph
from jianfu.kernel.practices import PRACTICES
from jianfu.organisations.selectors import bureau_name
from whitelist.models import Complaint
from whitelist.permissions.complaint import is_handler, may_sign


class Paper(TextChoices):
    CHECK = "check", "核查通知"
    NOTICE = "notice", "通报"
    SUMMONS = "summons", "约谈通知"
    RESULT = "result", "处理结果告知"


_NEEDS = {
    Paper.CHECK: ("accepted_on", "受理以后才能出核查通知"),
    Paper.NOTICE: ("found_on", "作出认定以后才能出通报"),
    Paper.SUMMONS: ("summoned_on", "登记约谈以后才能出约谈通知"),
    Paper.RESULT: ("closed_on", "办结以后才能出处理结果告知"),
}


def may_print(complaint: Complaint, paper: Paper, by: Any) -> Decision:
    """The handler; the 通报 also who signs it."""
    who = is_handler(complaint, by)
    if not who and paper == Paper.NOTICE:
        who = may_sign(complaint, by)
    column, words = _NEEDS[paper]
    return who & (allow() if getattr(complaint, column) else refuse(words))


def papers(complaint: Complaint, by: Any) -> list[Paper]:
    return [paper for paper in Paper if may_print(complaint, paper, by)]


def document_of(complaint: Complaint, paper: Paper) -> OfficialDocument:
    return _WRITTEN[paper](complaint)


def _check(complaint: Complaint) -> OfficialDocument:
    """It asks for the facts of a practice; that somebody complained is not said, nor where or when."""
    body = (
        f"按照中小学教师减负工作监测核查的安排，对“{_practice(complaint)}”的有关情况进行核查。请于收到通知后5个工作日内"
        "提供有关文件、通知和工作安排，说明依据、审批手续和范围，并确定一名联系人。",
        "核查期间不得要求学校和教师补做材料、统一口径，不得干扰核查。",
    )
    return _document(complaint, f"关于核查“{_practice(complaint)}”情况的通知", body, complaint.accepted_on)


def _notice(complaint: Complaint) -> OfficialDocument:
    words = _words(complaint, "propose_notice")
    body = (
        f"经核查，{_units(complaint)}存在“{_practice(complaint)}”的问题，情况{complaint.get_finding_display()}。",
        *([words] if words else []),
        "请有关单位立即整改，十个工作日内报送整改情况。各部门、各镇街要引以为戒，不得向学校和教师摊派与教育教学无关的事项。",
    )
    title = f"关于{_units(complaint)}增加中小学教师负担问题的通报"
    return _document(complaint, title, body, complaint.notified_on, everybody=True)


def _summons(complaint: Complaint) -> OfficialDocument:
    words = _words(complaint, "summon")
    when = _chinese(complaint.summoned_on)
    body = (
        f"经核查，你单位存在“{_practice(complaint)}”的问题，情况{complaint.get_finding_display()}。定于{when}约谈你单位"
        "有关负责人，请准时参加。",
        *([f"约谈要求：{words}"] if words else []),
    )
    return _document(complaint, "约谈通知", body, _step_day(complaint, "summon"))


def _result(complaint: Complaint) -> OfficialDocument:
    """For who signed; the office writes the name on the envelope, the file holds none."""
    row = complaint.steps.filter(transition__in=["close", "answer"]).order_by("-at", "-pk").first()
    finding = f"认定为{complaint.get_finding_display()}。" if complaint.finding else ""
    body = (
        f"您反映的问题（编号：{complaint.number}）已经办结。{finding}",
        *([f"处理结果：{row.note}"] if row else []),
        "对结果有意见的，可以凭回执码补充情况，或拨打监督电话。",
    )
    document = _document(complaint, "处理结果告知书", body, complaint.closed_on)
    return replace(document, recipient="反映人")


def _document(
    complaint: Complaint, title: str, body: tuple[str, ...], dated: date | None, *, everybody: bool = False
) -> OfficialDocument:
    return OfficialDocument(
        title=title,
        recipient="各有关部门、各镇街、各学校" if everybody else _units(complaint),
        body=tuple(Paragraph(text) for text in body),
        units=(_issuer(complaint),),
        dated=dated,
    )


def _issuer(complaint: Complaint) -> str:
    """The bureau does not write to itself."""
    if complaint.escalated:
        return f"{complaint.district.name}教育工作领导小组办公室"
    return bureau_name(complaint.district)


def _units(complaint: Complaint) -> str:
    return "、".join(unit.name for unit in complaint.accused_units) or "有关单位"


def _practice(complaint: Complaint) -> str:
    return PRACTICES[complaint.practice][0] if complaint.practice else "增加中小学教师非教育教学负担"


def _words(complaint: Complaint, transition: str) -> str:
    row = complaint.steps.filter(transition=transition).order_by("-at", "-pk").first()
    return row.note if row else ""


def _step_day(complaint: Complaint, transition: str) -> date | None:
    row = complaint.steps.filter(transition=transition).order_by("-at", "-pk").first()
    return timezone.localtime(row.at).date() if row else None


def _chinese(day: date | None) -> str:
    return chinese_date(day) if day else ""


_WRITTEN: dict[Paper, Callable[[Complaint], OfficialDocument]] = {
    Paper.CHECK: _check,
    Paper.NOTICE: _notice,
    Paper.SUMMONS: _summons,
    Paper.RESULT: _result,
}
