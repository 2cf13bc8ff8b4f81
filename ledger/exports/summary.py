"""工作总结 as a draft to be rewritten (R113): 主要做法, 存在的问题, 工作成效, 典型案例.

Every number is one of `ledger.selectors.summary`, which reads the declarations that the form prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.documents.official import OfficialDocument, Paragraph, Table
from ledger.exports.clean_up import in_words
from ledger.selectors.summary import Summary
from ledger.states import AchievementKind
from ledger.wording import entry_words

_HEADS = ("项", "指标", "上年", "本年", "变化")
_SHARES = (0.7, 5.0, 1.6, 1.8, 1.6)
_TO_WRITE = "（请秘书组补写：{}。）"


def title_of(year: int) -> str:
    return f"{year}年中小学教师减负工作总结（草稿）"


def summary_draft(summary: Summary, *, bureau: str) -> OfficialDocument:
    """Marked as a draft in its title, its first words and its last line."""
    district, year, day = summary.ledger.district.name, summary.ledger.year, chinese_date(summary.on)
    return OfficialDocument(
        title=f"{district}{title_of(year)}",
        year=year,
        body=(
            Paragraph(f"（草稿，由台账和清单的记录生成，数字截至{day}，请逐段修改，定稿前删去本段。）"),
            Paragraph("主要做法", 1),
            *_done(summary),
            Paragraph("存在的问题", 1),
            *_problems(summary),
            Paragraph("工作成效", 1),
            *_effects(summary),
            Paragraph("典型案例", 1),
            *_cases(summary),
        ),
        units=(bureau,),
        notes=(f"草稿。文中数字与{year}年台账、清单截至{day}的数一致；台账改动后请重新生成核对。",),
    )


def _done(summary: Summary) -> Iterator[Paragraph]:
    yield Paragraph("组织领导", 2)
    yield Paragraph(_TO_WRITE.format("领导小组研究部署、会议和文件"))
    yield Paragraph("清理在册事项", 2)
    yield Paragraph("".join(_cleaned(summary)) or "减负清单里还没有登记事项。")
    yield Paragraph("把住审批关口", 2)
    yield Paragraph("".join(_approved(summary)))
    for subject, rows in groupby(summary.rows, key=lambda row: row.subject):
        told = [(row, entry) for row in rows for entry in row.entries.all()]
        if told:
            yield Paragraph(subject, 2)
            yield from (Paragraph(f"{_said(entry)}（第{row.number}项）") for row, entry in told)


def _said(entry: object) -> str:
    refused = entry.kind == AchievementKind.DECLINED
    return f"{AchievementKind.DECLINED.label}：{entry_words(entry)}" if refused else entry_words(entry)


def _cleaned(summary: Summary) -> Iterator[str]:
    for each in summary.cleaned:
        if each.line.held:
            yield f"{each.register.label}{in_words(each)}。"


def _approved(summary: Summary) -> Iterator[str]:
    approved, campus = summary.approved, summary.approved.campus
    yield f"{campus.words}；不予通过 {approved.declined} 项。"
    yield f"公布督查检查评比考核年度计划事项 {approved.planned} 项，一事一报 {approved.single} 项"
    yield f"，年度计划较上年{approved.reduction}。" if approved.reduction[:2] in {"减少", "增加"} else "。"
    if summary.refused:
        yield f"学校和区教委拒绝不合理要求 {summary.refused} 件。"
    away = summary.borrowed
    yield f"本年抽调借用教师 {away.people} 人，现在在借 {away.away} 人次，超期未返岗 {away.overdue} 人次。"


def _effects(summary: Summary) -> Iterator[Paragraph | Table]:
    better = [line for line in summary.lines if line.better]
    worse = [line for line in summary.lines if line.better is False]
    yield Paragraph(
        f"台账 {len(summary.lines)} 个监测数据中，比上年好转 {len(better)} 个，比上年反弹 {len(worse)} 个。"
    )
    rows = tuple(
        (
            str(line.number),
            f"{line.name}（{line.unit}）" if line.unit else line.name,
            line.before,
            line.now,
            line.change or "—",
        )
        for line in summary.lines
    )
    yield Table(_HEADS, rows, _SHARES)


def _problems(summary: Summary) -> Iterator[Paragraph]:
    problems = summary.problems
    if problems.found:
        kinds = "、".join(f"{label} {count} 个" for label, count in problems.kinds)
        left = problems.found - problems.closed
        yield Paragraph(
            f"本年发现问题 {problems.found} 个（{kinds}），已销号 {problems.closed} 个，"
            f"还有 {left} 个没有销号，其中超过整改时限 {problems.late} 个。"
        )
    if summary.complaints:
        told = "，".join(f"{label} {count} 件" for label, count in summary.complaints.items())
        yield Paragraph(f"本年投诉举报和意见建议：{told}。")
    for finding in summary.doubts:
        yield Paragraph(f"{finding.rule.title}：{finding.message.rstrip('。')}。")
    if summary.silent:
        numbers = "、".join(map(str, summary.silent))
        yield Paragraph(f"台账第 {numbers} 项还没有填写落实情况。")
    yield Paragraph(_TO_WRITE.format("原因分析和下一步打算"))


def _cases(summary: Summary) -> Iterator[Paragraph]:
    for row, entry in summary.cases:
        yield Paragraph(entry.name.rstrip("。"), 2)
        yield Paragraph(f"{entry_words(entry)}（台账第{row.number}项）")
    yield Paragraph(_TO_WRITE.format("案例的做法、经过和可以推广的经验"))
