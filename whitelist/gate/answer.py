"""The answer: may they come in today, for what, and what does the genuine paper say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from approvals.selectors import Issued, issued_by_code, issued_of
from approvals.states import CAMPUS, INSPECTIONS, Delivery, Road, State
from jianfu.kernel.dates import chinese_date, chinese_period
from whitelist.models import Entry
from whitelist.privacy import publishable
from whitelist.states import Standing

from .reading import Asked
from .visits import visits

Facts = list[tuple[str, str]]


class Verdict(Enum):
    """Sign, tone of the screen, and the words on top."""

    YES = ("✓", "yes", "有效，可以进校")
    ON_THEIR_OWN = ("✓", "wait", "有效，由学校自主开展")
    ANSWERED = ("✓", "wait", "有效，不再向学校采集")
    NOT_TODAY = ("×", "no", "今天不在批准的时间内")
    EXPIRED = ("×", "no", "已过期")
    REMOVED = ("×", "no", "已移出白名单")
    NOT_LISTED = ("×", "no", "没有列入公布的名单")
    UNKNOWN = ("×", "no", "查无此项")

    @property
    def sign(self) -> str:
        return self.value[0]

    @property
    def tone(self) -> str:
        return self.value[1]

    @property
    def words(self) -> str:
        return self.value[2]


@dataclass(frozen=True)
class Answer:
    """``paper`` is what the genuine document says, told only to who has its code."""

    verdict: Verdict
    because: str
    district: Any = None
    number: str = ""
    facts: Facts = field(default_factory=list)
    paper: Facts = field(default_factory=list)
    today: list[str] = field(default_factory=list)

    @property
    def admits(self) -> bool:
        return self.verdict.tone != "no"


def unknown(asked: Asked | None) -> Answer:
    if asked is None:
        because = "输入的既不是编号，也不是核验码。编号形如 BMD20260001，核验码是二维码旁边的 16 位字母数字。"
    elif asked.is_code:
        because = "没有发出过带这个核验码的文件。核对一遍；码不错的，这份文件不是真的。"
    else:
        because = f"公布的名单上没有编号 {asked.text}。核对一遍；编号不错的，这一项没有经过批准公布。"
    return Answer(Verdict.UNKNOWN, because)


def answers_of(asked: Asked, on: date) -> list[Answer]:
    """None where nothing carries it; several where districts that share this place number alike."""
    entries = Entry.objects.select_related("district")
    if asked.is_code:
        entry = entries.filter(verification_code=asked.text).first()
        if entry:
            return [_of_entry(entry, on, by_code=True)]
        issued = issued_by_code(asked.text)
        return [_of_issued(issued, on)] if issued else []
    return [_of_entry(entry, on, by_code=False) for entry in entries.numbered(asked.text)]


def _of_entry(entry: Entry, on: date, *, by_code: bool) -> Answer:
    verdict, because = _judged(entry, on)
    return Answer(
        verdict,
        because,
        entry.district,
        entry.number,
        _facts(entry),
        _paper(entry) if by_code else [],
        [line for share in visits for line in share(entry, on)] if verdict is Verdict.YES else [],
    )


def _judged(entry: Entry, on: date) -> tuple[Verdict, str]:
    standing = entry.standing(on)
    if standing == Standing.REMOVED and entry.removed_on:
        return Verdict.REMOVED, f"{chinese_date(entry.removed_on)}移出：{entry.removal_reason}"
    if standing == Standing.EXPIRED:
        return Verdict.EXPIRED, f"批准的时间已于{chinese_date(entry.ends_on)}结束，再来须重新申请。"
    if on < entry.starts_on:
        return Verdict.NOT_TODAY, f"批准的时间从{chinese_date(entry.starts_on)}开始。"
    if entry.delivery == Delivery.RESOURCES.label:
        return Verdict.ON_THEIR_OWN, "批准的是提供资源和指导，不另派人组织进校活动。"
    return Verdict.YES, "只按下面批准的学校、时间和形式开展，超出的可以拒绝。"


def _facts(entry: Entry) -> Facts:
    """What the gate compares with what stands before it."""
    hours = f"每班占用 {entry.class_hours.normalize():f} 课时" if entry.class_hours else "不占用课时"
    length = f"每次 {entry.minutes} 分钟" if entry.minutes else ""
    teachers = f"需教师 {entry.teacher_count} 人" if entry.teacher_count else ""
    limits = "，".join(part for part in (entry.frequency, length, hours, teachers) if part)
    rows = [
        ("事项", entry.title),
        ("单位", entry.units),
        ("学校", entry.audience),
        ("时间", entry.period),
        ("形式", entry.form),
        ("次数和时长", limits),
    ]
    return [(label, words) for label, words in rows if words]


def _paper(entry: Entry) -> Facts:
    """The document that carries the code; of what was published on paper before, that list."""
    issued = issued_of(entry.application_id) if entry.application_id else None
    if issued:
        return [*_document(issued, entry.title), ("发给", entry.lead_name), ("白名单编号", entry.number)]
    first = entry.listings.select_related("release").order_by("release__published_on", "pk").first()
    rows = [("来源", entry.origin), ("发给", entry.lead_name), ("白名单编号", entry.number)]
    if first:
        number = first.release.document_number
        rows[:1] = [
            ("文件", first.release.title),
            *([("文号", number)] if number else []),
            ("日期", chinese_date(first.release.published_on)),
        ]
    return rows


def _document(issued: Issued, title: str) -> Facts:
    """``title`` as it may be published; the name of the document is made with it."""
    return [("文件", issued.named(title)), ("日期", chinese_date(issued.on)), *issued.numbers]


def _of_issued(issued: Issued, on: date) -> Answer:
    """What has a code and no entry: not published yet, or of a kind that is no visit."""
    application = issued.application
    title = publishable(application.title, [application.contact_name, application.handler.name])
    verdict, because = _judged_issued(issued, on)
    schools = publishable(application.schools_text)
    facts = [
        ("事项", title),
        ("类型", Road(issued.road).label),
        ("单位", application.organisation.name),
        ("学校", schools),
        ("时间", chinese_period(application.starts_on, application.ends_on) if application.starts_on else ""),
    ]
    paper = [*_document(issued, title), ("发给", application.organisation.name)]
    shown = [(label, words) for label, words in facts if words]
    return Answer(verdict, because, application.district, "", shown, paper)


# Where an inspection stands once it is on the public list; the answer to a survey is final at once.
_LISTED = frozenset({State.ANNOUNCED, State.RECORDED, State.AGREED})


def _judged_issued(issued: Issued, on: date) -> tuple[Verdict, str]:
    application = issued.application
    if issued.road in CAMPUS or application.state not in _LISTED:
        kind = "督查检查评比考核清单" if issued.road in INSPECTIONS else "白名单"
        return Verdict.NOT_LISTED, f"文件属实，但{kind}还没有公布这一项。公布以前不得进校。"
    if issued.answered:
        return Verdict.ANSWERED, "数据由区教委从现有数据中提供，不得再要学校和教师填报。"
    first, last = application.starts_on, application.ends_on or application.starts_on
    if first and on < first:
        return Verdict.NOT_TODAY, f"批准的时间从{chinese_date(first)}开始。"
    if last and last < on:
        return Verdict.EXPIRED, f"批准的时间已于{chinese_date(last)}结束，再来须重新申请。"
    return Verdict.YES, "只按批准的学校、时间和内容开展，超出的可以拒绝。"
