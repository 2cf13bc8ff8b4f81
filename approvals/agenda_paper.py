"""会议议题表 and 会议议定事项表: one table of the round's applications, and room to sign."""

from __future__ import annotations

from collections.abc import Iterable

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.documents.official import Box, Form, OfficialDocument, Table, fact_lines, render_pdf

from .agenda import Line, counted
from .models import Round
from .states import RoundStage, RoundState

_SIGNERS = {
    RoundStage.APPRAISAL: "组长签字",
    RoundStage.REVIEW: "负责人签字",
    RoundStage.APPROVAL: "主持人签字",
}
_SHARES = (1.5, 5.5, 3.4, 3.2, 5.4)


def agenda_paper(round_: Round, lines: Iterable[Line]) -> bytes:
    """Before the meeting the columns of result and opinion stay open: what is provisional is not printed."""
    shown = list(lines)
    decided = round_.state == RoundState.IN_FORCE
    title = "会议议定事项表" if decided else "会议议题表"
    rows = tuple(_row(line, decided=decided) for line in shown)
    facts = [("批次", round_.title), ("会议日期", chinese_date(round_.met_on) if round_.met_on else "")]
    facts += [("会议纪要文号", round_.meeting_number), ("事项", _summary(round_, shown, decided=decided))]
    box = Box(
        title="会议意见",
        words="同意上表所列结果。" if decided else "",
        signer=_SIGNERS[RoundStage(round_.stage)],
        day=round_.met_on,
    )
    document = OfficialDocument(
        title=f"{round_.district}社会事务进校园{round_.get_stage_display()}{title}",
        body=(
            Form(fact_lines(facts)),
            Table(("序号", "活动名称", "申报单位", "议定结果", "意见"), rows, _SHARES),
            Form((box,)),
        ),
    )
    return render_pdf(document)


def _row(line: Line, *, decided: bool) -> tuple[str, ...]:
    row, item = line.application, line.item
    named = (str(line.number), str(row), row.organisation.name)
    if not decided or line.verdict is None:
        return (*named, "", "")
    manner = f"（{item.joins}）" if item.joins else ""
    into = f"（{item.merge_into.number}）" if item.merge_into else ""
    return (*named, f"{line.verdict.label}{manner}{into}", item.note)


def _summary(round_: Round, lines: list[Line], *, decided: bool) -> str:
    total = f"共 {len(lines)} 项"
    if not decided:
        return total
    return f"{total}：" + "，".join(f"{label} {count} 项" for label, count in counted(round_, lines))
