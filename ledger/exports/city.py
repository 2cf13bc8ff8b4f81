"""全市汇总 as a workbook: the tables as the page shows them, and what each figure counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from jianfu.kernel.documents.register import RegisterColumn as Column
from jianfu.kernel.documents.tables import SheetTable, render_tables
from ledger.selectors.city import FigureLine, Standing


def _middle(heading: str, width: int) -> Column:
    return Column(heading, width, centred=True)


REPORTED = (_middle("区县", 30), Column("状态", 18), _middle("来源", 40), Column("报送时间", 30))
FIGURES = (
    Column("指标", 50),
    _middle("单位", 11),
    _middle("口径", 22),
    _middle("区县数", 14),
    _middle("合计", 16),
    _middle("最小", 14),
    _middle("中位", 14),
    _middle("最大", 14),
    Column("待核实的数", 34),
    Column("没有数的区县", 34),
)
DEFINITIONS = (
    Column("指标", 50),
    _middle("单位", 11),
    Column("口径", 130),
    Column("按此口径的区县", 50),
)


def workbook(
    standings: Sequence[Standing], lines: Sequence[FigureLine], *, city: str, year: int, made_on: date
) -> bytes:
    """Districts in the order of their codes; nothing is sorted by its number."""
    title = f"{city}{year}年中小学教师减负台账"
    tables = [
        SheetTable("监测数据", f"{title}全市汇总", FIGURES, [_figures(line) for line in lines]),
        SheetTable("报送情况", f"{title}报送情况", REPORTED, [_reported(each) for each in standings]),
        SheetTable("口径说明", f"{title}各数的口径", DEFINITIONS, [_defined(line) for line in lines]),
    ]
    return render_tables(tables, made_on=made_on, author=city)


def _reported(each: Standing) -> tuple[str | date | None, ...]:
    if each.report is None:
        return each.name, "未报送", "", None
    return each.name, "已报送", each.report.origin, timezone.localdate(each.report.at)


def _figures(line: FigureLine) -> tuple[str | int | float | None, ...]:
    least, middle, most = line.spread or (None, None, None)
    return (
        line.name,
        line.unit,
        "不同，单列" if line.apart else "相同",
        len(line.numbers),
        line.total,
        least,
        middle,
        most,
        "、".join(line.marked),
        "、".join(line.lacking),
    )


def _defined(line: FigureLine) -> tuple[str, ...]:
    return line.name, line.unit, line.definition, "、".join([*line.names, *line.lacking])
