"""The list as a workbook, with the columns of official lists (domain-facts B2)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from jianfu.kernel.documents.register import RegisterColumn
from jianfu.kernel.documents.xlsx import render_table

from .listing import entry_address
from .proposal import Line

NOTHING = "—"

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


def shown(lines: Iterable[Line], code: str) -> list[dict[str, Any]]:
    """The same for the page: what templates/whitelist/list_table.html prints, as plain words.

    A dictionary, because a template asks for a key first, and for fifty rows that is most of its work.
    """
    rows, exempt, address_of = [], False, entry_address(code)
    for line in lines:
        entry = line.entry
        rows.append(
            {
                "position": str(line.position),
                "address": address_of(entry.number),
                "title": entry.title,
                "units": entry.units,
                "period": entry.period,
                "frequency": entry.frequency or NOTHING,
                "content": entry.content,
                "form": entry.form or NOTHING,
                "audience": entry.audience or NOTHING,
                "basis": entry.basis,
                "source": line.source,
                "number": entry.number,
                "mark": line.mark,
                "gone": line.gone,
                "said": line.gone or line.mark,
                "standing": line.standing.label,
                "first_exempt": entry.exempt and not exempt,
            }
        )
        exempt = entry.exempt
    return rows
