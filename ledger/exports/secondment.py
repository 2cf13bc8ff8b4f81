"""抽调借用教师工作台账: a workbook with the columns of 000 r13 and the usual further ones; a paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import IO, Any

from django.http import QueryDict

from jianfu.kernel import dates
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.decisions import require
from jianfu.kernel.documents.xlsx import RegisterColumn, render_table
from jianfu.kernel.exports import Export, Facts, Said, counted, in_parts
from jianfu.organisations.selectors import bureau_name
from jianfu.organisations.states import Role
from ledger.forms.secondment_choice import chosen_rows
from ledger.permissions import secondment as permissions
from ledger.rules.secondment import months_spanned
from ledger.selectors import secondment as selectors
from ledger.selectors.secondment import Shown

from .register import AT_ONCE, write_paper

KIND = "secondments"
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


def maker(about: Mapping[str, str], by: Any) -> Export | None:
    """The rows of the list as it is filtered, masked as the reader sees them. ``about``: extension, query of
    the list; ``names=0`` there makes a masked copy for who may see the names, too."""
    require(permissions.may_read_register(by))
    extension = about.get("extension", "")
    if extension not in AT_ONCE:
        return None
    asked, today = QueryDict(about.get("query", ""), mutable=True), dates.today()
    rows = chosen_rows(by, asked)[1].for_list()
    named = asked.get("names") != "0" and _all_named(rows, by)
    district, total = by.person.district, rows.count()
    unit = bureau_name(district) if by.is_district_staff else str(by.organisation or "")
    told = {"district": district.name, "unit": unit, "made_on": today, "named": named}
    asked.pop("q", None)  # a name looked for stays out of the trail

    def write(out: IO[bytes], said: Said) -> Facts:
        shown = (selectors.shown(row, by, today) for row in in_parts(rows))
        if asked.get("names") == "0":
            shown = (selectors.masked(row) for row in shown)
        if extension == "xlsx":
            out.write(render_register(counted(shown, said), **told))
        else:
            write_signed(out, counted(shown, said), extension=extension, total=total, said=said, **told)
        return {"rows": total, "named": named, "query": asked.urlencode()[:500]}

    return Export(
        title=f"{title_of(district.name, named=named)}{today:%Y%m%d}",
        extension=extension,
        total=total,
        write=write,
        action="ledger.secondments_exported",
        is_long=total > AT_ONCE[extension],
        measure="条",
        stages=("已读", "已写") if extension == "pdf" else ("已写",),
    )


def _all_named(rows: Any, by: Any) -> bool:
    """Whether the person sees the name in every one of the rows (`may_see_name`)."""
    if permissions.may_see_all_names(by):
        return True
    return not rows.exclude(school_id__in=by.organisation_ids(Role.SCHOOL)).exists()


def write_signed(
    out: IO[bytes],
    rows: Iterable[Shown],
    *,
    district: str,
    unit: str,
    made_on: date,
    named: bool,
    extension: str,
    total: int,
    said: Said,
) -> None:
    """As PDF or as Word, to be signed and filed (000 r13); no free words about a person, named or not."""
    write_paper(
        out,
        title_of(district, named=named),
        list(PAPER),
        (_on_paper(number, row) for number, row in enumerate(rows, start=1)),
        extension=extension,
        total=total,
        said=said,
        made_on=made_on,
        author=unit,
        heading=(f"填报单位：{unit}", f"共 {total} 条　{chinese_date(made_on)}打印"),
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
