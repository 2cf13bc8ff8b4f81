"""抽调借用教师工作台账: a workbook with the columns of 000 r13 and the usual further ones; a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.documents import register_pdf, register_word
from jianfu.kernel.documents.register_pdf import Section
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
    title = title_of(district, named=named, scope=scope)
    return render_table(title, COLUMNS, _lines(rows), made_on=made_on, author=unit, name="借用教师台账")


PAPER = tuple(
    RegisterColumn(heading, width, centred)
    for heading, width, centred in (
        ("序号", 10, True),
        ("姓名", 16, True),
        ("原学校", 28, False),
        ("学科或岗位", 18, True),
        ("借用单位", 28, False),
        ("工作事项", 36, False),
        ("借用起止", 38, True),
        ("月数", 10, True),
        ("审批单位和文号", 36, False),
        ("备案机关", 24, False),
        ("同意情况", 16, True),
        ("状态", 22, True),
    )
)


def title_of(district: str, *, named: bool, scope: str = "") -> str:
    """A masked copy says so in its title, and so in the name of its file."""
    return f"{district}{TITLE}{scope}{'' if named else '（姓名已隐去）'}"


def render_paper(
    rows: Iterable[Shown], *, district: str, unit: str, made_on: date, named: bool, as_word: bool
) -> bytes:
    """As PDF or as Word, to be signed and filed (000 r13); no free words about a person, named or not."""
    lines = [_on_paper(number, row) for number, row in enumerate(rows, start=1)]
    render = register_word.render_register if as_word else register_pdf.render_register
    return render(
        title_of(district, named=named),
        PAPER,
        [Section("", lines)],
        made_on=made_on,
        author=unit,
        heading=(f"填报单位：{unit}", f"共 {len(lines)} 条　{chinese_date(made_on)}打印"),
        notes=("负责人（签字）：　　　　　　　　审核人（签字）：　　　　　　　　填表人（签字）：",),
    )


def _on_paper(number: int, row: Shown) -> tuple[str | int, ...]:
    record = row.record
    back = f"{chinese_date(record.returned_on)}返岗" if record.returned_on else row.standing.label
    approved = "\n".join(filter(None, (record.approving_body or "未经批准", record.document_number)))
    return (
        number,
        row.name,
        record.school.name,
        _post(record.subject, record.is_head_teacher),
        record.borrowing_unit_name,
        f"{record.work_item}（{record.get_kind_display()}）",
        f"{chinese_date(record.starts_on)}至\n{chinese_date(record.ends_on)}",
        months_spanned(record.starts_on, record.ends_on),
        approved,
        record.filing_body,
        _consent(record.teacher_consented, record.school_consented),
        back,
    )


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
