"""专家论证意见表: the panel's one opinion, with room to sign, and the experts' own sheets behind it."""

from __future__ import annotations

from typing import Any

from approvals.states import Dimension, Judgement
from jianfu.kernel.documents.official import Annex, Box, Form, OfficialDocument, Table, fact_lines

from .case import Case
from .wording import day, filled, period

_POINTS = (*Dimension, *Judgement)


def panel_sheet(case: Case) -> OfficialDocument:
    opinion, step = case.panel_opinion, case.taken["conclude"]
    conclusion = opinion or case.application
    form = Form(
        (
            *fact_lines(_about(case)),
            *fact_lines([("论证结论", _conclusion(case, conclusion)), *_meeting(opinion)]),
            Box(
                title="专家组论证意见",
                words=opinion.text if opinion else step.note,
                signer="组长签字",
                sealed=False,
            ),
        )
    )
    return OfficialDocument(
        title="社会事务进校园专家论证意见表",
        number=case.application.number or "",
        body=(form, *_members(opinion)),
        annexes=tuple(_sheet(case, row) for row in case.sheets),
    )


def _about(case: Case) -> list[tuple[str, str]]:
    return [
        ("活动名称", case.title),
        ("申报单位", case.application.organisation.name),
        *(("联合单位", words) for _label, words in filled(case, "联合单位")),
        ("开展时间", period(case)),
        *filled(
            case, "开展频次", "实施学校", "参与学生人数", "需教师人数", "活动内容", "组织方式", "预期效果"
        ),
    ]


def _conclusion(case: Case, source: Any) -> str:
    if source is case.application:
        return case.application.get_panel_conclusion_display()
    return source.get_conclusion_display()


def _meeting(opinion: Any) -> list[tuple[str, str]]:
    if opinion is None:
        return []
    when = f"{opinion.met_on.year}年{opinion.met_on.month}月{opinion.met_on.day}日"
    return [("论证日期", when), *([("组长", opinion.head.name)] if opinion.head else [])]


def _members(opinion: Any) -> tuple[Table, ...]:
    """Whose sheets the opinion was written from, with room to sign."""
    if opinion is None or not opinion.members:
        return ()
    rows = tuple((str(place), words, "") for place, words in enumerate(opinion.members, 1))
    return (Table(("序号", "论证专家（所在单位）", "签字"), rows, (1, 5, 3), caption="专家组成员签字"),)


def _sheet(case: Case, assignment: Any) -> Annex:
    expert, opinion = assignment.expert, assignment.opinion
    items = {item.point: item for item in opinion.items.all()}
    rows = tuple((point.label, *_said(items.get(point))) for point in _POINTS)
    facts = [
        ("活动名称", case.title),
        ("专家", expert.name),
        ("所在单位", str(expert.organisation or "—")),
        ("结论", opinion.get_conclusion_display()),
    ]
    box = Box(
        title="论证意见",
        words=opinion.comment,
        signer="专家签字",
        sealed=False,
        day=day(opinion.submitted_at),
    )
    body = (Form(fact_lines(facts)), Table(("论证要点", "意见", "说明"), rows, (2, 2, 5)), Form((box,)))
    return Annex(f"专家个人论证意见（{expert.name}）", body)


def _said(item: Any) -> tuple[str, str]:
    return (item.get_grade_display(), item.note or "—") if item else ("—", "—")
