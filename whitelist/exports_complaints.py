"""投诉统计 as a workbook: one table as it may leave the house, with what was counted below it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jianfu.kernel.documents.xlsx import RegisterColumn, render_table

from .complaints.counting import FEW, Table


def workbook(table: Table, *, title: str, district: str, made_on: date) -> bytes:
    columns = [RegisterColumn(table.heading, 60)]
    columns += [RegisterColumn(heading, 22, centred=True) for heading in table.headings[1:]]
    return render_table(title, columns, _rows(table), made_on=made_on, author=district, name="投诉统计")


def _rows(table: Table) -> Iterator[tuple[str | int | None, ...]]:
    for line in table.lines:
        yield (line.label, *(FEW if cell is None else cell for cell in line.cells))
    yield (f"说明：{table.definition}", *(None for _ in table.headings[1:]))
