"""抽调借用教师工作台账 as a workbook: the columns of 000 r13 and the usual further ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from jianfu.kernel.documents.xlsx import RegisterColumn, render_table
from ledger.rules.secondment import months_spanned
from ledger.selectors.secondment import Shown

TITLE = "抽调借用中小学教师工作台账"
Value = str | int | date | None

COLUMNS = tuple(
    RegisterColumn(heading, width, centred)
    for heading, width, centred in (
        ("序号", 9, True),
        ("姓名", 16, True),
        ("原学校", 26, False),
        ("学科或岗位", 14, True),
        ("编制情况", 12, True),
        ("借用单位", 26, False),
        ("工作事项", 28, False),
        ("类别", 14, True),
        ("借用开始", 19, True),
        ("借用到期", 19, True),
        ("月数", 9, True),
        ("审批单位", 24, False),
        ("批准文号", 24, False),
        ("备案机关", 18, False),
        ("同意情况", 14, True),
        ("状态", 14, True),
        ("返岗日期", 19, True),
        ("说明", 28, False),
    )
)


def render_register(
    rows: Iterable[Shown], *, district: str, unit: str, made_on: date, named: bool, scope: str = ""
) -> bytes:
    """Names are as the rows show them; a masked copy says so in its title.

    超期说明 and 备注 are words about a person: they go with the name or not at all.
    """
    title = f"{district}{TITLE}{scope}{'' if named else '（姓名已隐去）'}"
    return render_table(title, COLUMNS, _lines(rows), made_on=made_on, author=unit, name="借用教师台账")


def _lines(rows: Iterable[Shown]) -> Iterator[tuple[Value, ...]]:
    for number, row in enumerate(rows, start=1):
        record = row.record
        yield (
            number,
            row.name,
            record.school.name,
            _post(record.subject, record.is_head_teacher),
            record.get_establishment_display(),
            record.borrowing_unit_name,
            record.work_item,
            record.get_kind_display(),
            record.starts_on,
            record.ends_on,
            months_spanned(record.starts_on, record.ends_on),
            record.approving_body or "未经批准",
            record.document_number,
            record.filing_body,
            _consent(record.teacher_consented, record.school_consented),
            row.standing.label,
            record.returned_on,
            "\n".join(filter(None, (record.extension_reason, record.note))) if row.named else "",
        )


def _post(subject: str, is_head_teacher: bool) -> str:
    return f"{subject}（班主任）" if is_head_teacher else subject


def _consent(teacher: bool, school: bool) -> str:
    if teacher and school:
        return "均同意"
    return "仅本人" if teacher else "仅学校" if school else "无"
