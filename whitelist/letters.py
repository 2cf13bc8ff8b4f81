"""听取意见函 and 移出决定: what the department is sent, and what is filed and published (R56)."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.kernel.documents.official import Form, OfficialDocument, Paragraph, fact_lines
from jianfu.kernel.quotes import quoted
from jianfu.organisations.selectors import bureau_name, organisations
from jianfu.organisations.states import Kind

from .models import Removal
from .states import RemovalGround, RemovalState

HEARING, DECISION = "hearing", "decision"
NAMES = {HEARING: "听取意见函", DECISION: "移出决定"}


def may_print(removal: Removal, paper: str) -> Decision:
    """Whether it exists by now; who sees the proposal may have it."""
    if paper == HEARING and removal.heard_from is None:
        return refuse("还没有发函听取意见，发函后才有听取意见函")
    if paper == DECISION and removal.state != RemovalState.REMOVED:
        return refuse("没有移出决定，领导小组决定移出后才有")
    return allow()


def document_of(removal: Removal, paper: str) -> OfficialDocument:
    return {HEARING: _hearing, DECISION: _decision}[paper](removal)


def _group(removal: Removal) -> str:
    found = (
        organisations(removal.district_id).filter(kind=Kind.LEADING_GROUP).order_by("position", "pk").first()
    )
    return found.name if found else "区委教育工作领导小组"


def _quoted(removal: Removal) -> str:
    return quoted(removal.entry.title)


def _contact(removal: Removal) -> str:
    phone = removal.district.contact_phone
    return f"联系电话：{phone}" if phone else ""


def _hearing(removal: Removal) -> OfficialDocument:
    group, name = _group(removal), _quoted(removal)
    until = chinese_date(removal.answer_until)
    return OfficialDocument(
        issuer=f"{group}办公室",
        number=removal.hearing_number,
        title=f"关于拟将{name}移出白名单听取意见的函",
        recipient=removal.department_name,
        body=(
            Paragraph(_opening(removal, name)),
            Paragraph("拟移出的理由", 1),
            Paragraph(removal.public_reason),
            Paragraph("听取意见", 1),
            Paragraph(
                f"请你单位于{until}前提出书面意见，可以说明情况、提供材料，也可以提出整改措施；"
                "有账号的可以在“待办”中直接填写。逾期没有答复的，记录在案，由领导小组依现有材料决定。"
            ),
            Paragraph(
                "在决定作出以前，应当按批准的内容开展，不得扩大范围、增加频次；学校有权拒绝超出批准内容的部分。"
            ),
        ),
        units=(f"{group}办公室",),
        dated=removal.heard_from,
        remark=_contact(removal),
    )


def _opening(removal: Removal, name: str) -> str:
    listed = chinese_date(removal.entry.listed_on)
    because = "" if removal.ground == RemovalGround.OTHER else f"因{removal.get_ground_display()}，"
    return (
        f"你单位{name}（编号：{removal.entry.number}）于{listed}列入社会事务进校园白名单。"
        f"现{because}拟提请领导小组研究是否移出。有关情况函告如下："
    )


def _decision(removal: Removal) -> OfficialDocument:
    group, name = _group(removal), _quoted(removal)
    bureau = bureau_name(removal.district)
    return OfficialDocument(
        issuer=f"{group}文件",
        title=f"{group}关于将{name}移出社会事务进校园白名单的决定",
        recipient=removal.department_name,
        body=(
            Paragraph(_decided(removal, name)),
            Paragraph("移出的事项", 1),
            Form(fact_lines(_facts(removal))),
            Paragraph("移出的理由", 1),
            Paragraph(removal.public_reason),
            Paragraph("听取意见的情况", 1),
            Paragraph(_heard(removal)),
            Paragraph("有关要求", 1),
            Paragraph(
                f"自{chinese_date(removal.effective_on)}起，该事项不得再进入校园，学校有权拒绝。"
                "情况变化后确需开展的，应当重新申请，并写明针对移出理由作了哪些改变。"
            ),
        ),
        units=(group,),
        dated=removal.decided_on,
        copies=(bureau, "各中小学校"),
        printed_by=f"{group}办公室",
        printed_on=removal.decided_on,
    )


def _decided(removal: Removal, name: str) -> str:
    number = f"（{removal.meeting_number}）" if removal.meeting_number else ""
    return (
        f"经{chinese_date(removal.decided_on)}领导小组会议研究{number}，决定自{chinese_date(removal.effective_on)}"
        f"起，将你单位{name}移出社会事务进校园白名单。现将有关事项通知如下："
    )


def _facts(removal: Removal) -> list[tuple[str, Any]]:
    entry = removal.entry
    return [
        ("事项名称", entry.title),
        ("白名单编号", entry.number),
        ("列入日期", chinese_date(entry.listed_on)),
        ("牵头单位", entry.units),
        ("批准的时间", entry.period),
        ("移出日期", chinese_date(removal.effective_on)),
    ]


def _heard(removal: Removal) -> str:
    sent = f"{chinese_date(removal.heard_from)}函告你单位听取意见"
    if removal.replied_on is None:
        return f"{sent}，在规定期限内没有收到答复。"
    return f"{sent}，你单位于{chinese_date(removal.replied_on)}答复，意见已经领导小组研究。"
