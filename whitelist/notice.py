"""关于公布白名单的通知 and 公告: the official paper of a release (GB/T 9704), with the list as its annex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.documents.official import Annex, OfficialDocument, Paragraph, QrBlock, Table
from jianfu.kernel.verification import public_address
from jianfu.organisations.selectors import organisations
from jianfu.organisations.states import Kind as UnitKind

from .listing import release_address
from .models import Release
from .proposal import Gone, Line
from .states import Change, Kind, Leaving


class Paper(StrEnum):
    """To whom it speaks: to departments and schools, or to everybody."""

    CIRCULAR = "通知"
    ANNOUNCEMENT = "公告"


@dataclass(frozen=True)
class Content:
    """What a release lists and leaves out: of a draft as it would be today, of a published one as it was."""

    release: Release
    lines: Sequence[Line]
    gone: Sequence[Gone]

    @property
    def name(self) -> str:
        """云岭区2026年秋季学期社会事务进校园白名单."""
        release = self.release
        term = release.get_term_display() if release.term not in ("", "year") else ""
        return f"{release.district.name}{release.year}年{term}{Kind(release.kind).label}"

    def count(self, change: Change) -> int:
        return sum(line.change == change for line in self.lines)


_HEADS = (
    "序号", "事项名称", "牵头实施单位", "开展时间", "开展频次", "活动主要内容",
    "开展形式", "对象范围", "开展依据",
)  # fmt: skip
_SHARES = (11.5, 27, 27, 28, 19, 43, 21, 21, 27.5)  # millimetres of a page on its side: each head in one line
_GONE_HEADS = ("编号", "事项名称", "牵头实施单位", "变化", "自", "原因")
_GONE_SHARES = (30, 29, 28, 10, 21.5, 37.5)  # a number in one line


def document_of(content: Content, paper: Paper) -> OfficialDocument:
    release = content.release
    group = _group(release.district_id)
    spoken_to = "区级各部门，各镇街，各中小学校" if paper == Paper.CIRCULAR else ""
    return OfficialDocument(
        issuer=f"{group}文件",
        number=release.document_number,
        title=f"{group}关于公布{content.name}的{paper}",
        recipient=spoken_to,
        body=tuple(_body(content, paper)),
        annexes=tuple(_annexes(content)),
        units=(group,),
        dated=release.published_on,
        year=release.year,
        copies=(release.district.filing_body,) if paper == Paper.CIRCULAR else (),
        printed_by=f"{group}办公室",
        printed_on=release.published_on,
    )


def _group(district_id: int) -> str:
    found = organisations(district_id).filter(kind=UnitKind.LEADING_GROUP).order_by("position", "pk").first()
    return found.name if found else "区委教育工作领导小组"


def _body(content: Content, paper: Paper) -> list[Paragraph]:
    told = "就有关事项通知如下" if paper == Paper.CIRCULAR else "公告如下"
    rows = [
        Paragraph(f"根据中小学教师减负有关规定，{_decided(content.release)}现公布{content.name}，并{told}："),
        Paragraph("名单", 1),
        Paragraph(_summary(content)),
    ]
    if content.release.notice:
        rows.append(Paragraph(content.release.notice))
    if content.gone:
        rows += [Paragraph("不再列入的事项", 1), Paragraph(_left_out(content.gone))]
    return [
        *rows,
        Paragraph("有关要求", 1),
        *(Paragraph(words, 3) for words in _REQUIREMENTS),
        Paragraph("监督", 1),
        Paragraph(_watch(content.release.district)),
    ]


def _decided(release: Release) -> str:
    if release.kind == Kind.EXEMPT:
        return "经登记，"
    by = "经区委教育工作领导小组审核批准"
    return f"{by}（{release.meeting_number}），" if release.meeting_number else f"{by}，"


def _summary(content: Content) -> str:
    parts = [
        f"{change.label} {count} 项"
        for change in (Change.ADDED, Change.CHANGED, Change.KEPT)
        if (count := content.count(change)) and content.release.tells_what_is_new
    ]
    besides = f"，其中{'，'.join(parts)}" if parts else ""
    return f"列入名单的事项共 {len(content.lines)} 项{besides}，见附件{1 if content.gone else ''}。"


def _left_out(gone: Sequence[Gone]) -> str:
    counts = [
        f"{why.label} {count} 项" for why in Leaving if (count := sum(each.why == why for each in gone))
    ]
    return f"上一版列入的事项中，{'，'.join(counts)}，原因见附件2。"


# 004 四(三)(四)(六), 003-3: what every listed activity is held to.
_REQUIREMENTS = (
    "各学校只接待名单内的事项，按批准的时间、范围、频次和形式开展。不在名单内的社会事务，学校有权拒绝。",
    "实施单位不得对课时、教师参与和考核评价提出量化要求，不得要求打卡、接龙、点赞、截图等留痕，不得开展商业活动、借机收费。",
    "确需开展名单以外的活动，按一事一审的程序申请，批准后列入名单再开展。",
)


def _watch(district: Any) -> str:
    ways = [
        f"监督电话：{district.contact_phone}" if district.contact_phone else "",
        f"监督邮箱：{district.contact_email}" if district.contact_email else "",
    ]
    said = "；".join(way for way in ways if way)
    return f"未经批准进校园、擅自扩大范围的，学校和群众可以反映。{f'{said}。' if said else ''}"


def _qr(release: Release) -> tuple[QrBlock, ...]:
    """To the list as it stands when it is scanned; nothing before it is published."""
    url = public_address(release_address(release.district, release, release.kind))
    if not url or not release.published_on:
        return ()
    return (QrBlock(url, ("扫码看这一版名单，以及每一项现在是否有效", url.split("://", 1)[-1])),)


def _annexes(content: Content) -> list[Annex]:
    rows = tuple(_row(line) for line in content.lines)
    found = [Annex(content.name, (*_qr(content.release), Table(_HEADS, rows, _SHARES)), wide=True)]
    if content.gone:
        left = tuple(_gone_row(each) for each in content.gone)
        found.append(Annex("不再列入的事项", (Table(_GONE_HEADS, left, _GONE_SHARES),)))
    return found


def _row(line: Line) -> tuple[str, ...]:
    entry = line.entry
    mark = f"（{line.mark}）" if line.mark and line.change == Change.CHANGED else ""
    return (
        str(line.position),
        f"{entry.title}{mark}",
        entry.units,
        entry.period,
        entry.frequency,
        entry.content,
        entry.form,
        entry.audience,
        entry.basis,
    )


def _gone_row(gone: Gone) -> tuple[str, ...]:
    entry = gone.entry
    return (
        entry.number,
        entry.title,
        entry.lead_name,
        gone.why.label,
        chinese_date(gone.happened_on),
        gone.reason,
    )
