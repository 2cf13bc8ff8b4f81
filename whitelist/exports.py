"""The list as a workbook, with the columns of official lists (domain-facts B2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jianfu.kernel.documents.register import RegisterColumn
from jianfu.kernel.documents.xlsx import render_table

from .proposal import Line

# The headings of the page and of the workbook; the page's template is tested against them.
COLUMNS = (
    RegisterColumn("序号", 9, centred=True),
    RegisterColumn("事项名称", 30),
    RegisterColumn("牵头实施单位", 26),
    RegisterColumn("开展时间", 26),
    RegisterColumn("开展频次", 18),
    RegisterColumn("活动主要内容", 58),
    RegisterColumn("开展形式", 24),
    RegisterColumn("对象范围", 30),
    RegisterColumn("开展依据", 38),
    RegisterColumn("来源级别", 16, centred=True),
    RegisterColumn("编号", 28),
)


def list_workbook(title: str, lines: Iterable[Line], *, made_on: date, author: str) -> bytes:
    """One row per line; the same list gives the same bytes."""
    return render_table(title, COLUMNS, map(cells_of, lines), made_on=made_on, author=author, name="白名单")


def cells_of(line: Line) -> tuple[str | int, ...]:
    """One line in the order of `COLUMNS`, for the workbook and for CSV."""
    entry = line.entry
    return (
        line.position,
        f"{entry.title}（免申报）" if entry.exempt else entry.title,
        entry.units,
        entry.period,
        entry.frequency,
        entry.content,
        entry.form,
        entry.audience,
        entry.basis,
        line.source,
        entry.number,
    )
