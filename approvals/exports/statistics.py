"""One table of the statistics as a workbook; what was counted stands in its last line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from approvals.statistics import Table
from jianfu.kernel.documents.xlsx import RegisterColumn, render_table


def workbook(table: Table, scope: str, district: str, made_on: date) -> bytes:
    """Label and figures line by line; below them what was counted."""
    columns = [RegisterColumn(table.headings[0], 60)]
    columns += [RegisterColumn(heading, 22, centred=True) for heading in table.headings[1:]]
    title = f"{district}{scope}：{table.title}"
    return render_table(
        title, columns, _rows(table), made_on=made_on, author=district, name=table.headings[0]
    )


def _rows(table: Table) -> Iterator[tuple[str | int | None, ...]]:
    for line in table.lines:
        yield (line.label, *line.cells)
    yield (f"说明：{table.definition}", *(None for _ in table.headings[1:]))
