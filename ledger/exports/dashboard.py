"""One table of 监测分析 as a workbook; what was counted stands in its last line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from jianfu.kernel.documents.xlsx import RegisterColumn, render_table
from ledger.selectors.dashboard import Table


def workbook(table: Table, *, scope: str, district: str, made_on: date) -> bytes:
    narrow = 9 if table.heat else 24
    columns = [RegisterColumn(table.headings[0], 50)]
    for number, heading in enumerate(table.headings[1:], start=1):
        columns.append(RegisterColumn(_heading(table, number, heading), narrow, centred=True))
    title = f"{district}{scope}：{table.title}"
    return render_table(title, columns, _rows(table), made_on=made_on, author=district, name="监测分析")


def _heading(table: Table, number: int, heading: str) -> str:
    note = table.notes[number] if table.notes else ""
    return f"{heading}（{note}）" if note else heading


def _rows(table: Table) -> Iterator[tuple[str | int | date | None, ...]]:
    for line in table.lines:
        yield (line.label, *line.cells)
    if table.definition:
        yield (f"说明：{table.definition}", *(None for _ in table.headings[1:]))
