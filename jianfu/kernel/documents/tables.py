"""A workbook of several short tables, each on a sheet of its own: what a page shows, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from . import sheet as base
from .form import PRINT_WIDTH_MM
from .measure import POINTS_PER_MM, text_height
from .register import DATE_FORMAT, HEADER_ROW, RegisterColumn

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class SheetTable:
    """``name`` is the sheet's, ``title`` stands over the table."""

    name: str
    title: str
    columns: Sequence[RegisterColumn]
    rows: Sequence[Sequence[Value]]


def render_tables(tables: Sequence[SheetTable], *, made_on: date, author: str = "") -> bytes:
    """Numbers and dates as such, everything else as text that cannot run; for tables of a page's length, as
    all of it is held in memory. ``made_on`` is the only date in the file."""
    first = tables[0]
    book = base.new_workbook(name=first.name, title=first.title, author=author, made_on=made_on)
    for place, table in enumerate(tables):
        page = book.create_sheet(base.sheet_name(table.name)) if place else book.active
        base.set_up_page(page, header_row=HEADER_ROW)
        _write(page, table)
    return base.saved(book, made_on)


def _write(page: Worksheet, table: SheetTable) -> None:
    factor = PRINT_WIDTH_MM / sum(column.width_mm for column in table.columns)
    widths = [column.width_mm * factor for column in table.columns]
    title = page.cell(1, 1)
    base.write_text(title, table.title)
    title.font, title.alignment = base.TITLE, base.CENTRED
    if len(widths) > 1:
        page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(widths))
    page.row_dimensions[1].height = (
        text_height(table.title, PRINT_WIDTH_MM * POINTS_PER_MM, base.TITLE_SIZE) + 6
    )
    for number, column in enumerate(table.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = base.digits_wide(widths[number - 1])
        _head(page.cell(HEADER_ROW, number), column.heading)
    for row, values in enumerate(table.rows, HEADER_ROW + 1):
        for number, (column, value) in enumerate(zip(table.columns, values, strict=True), 1):
            _put(page.cell(row, number), value, centred=column.centred)
        page.row_dimensions[row].height = _height(values, widths)
    page.print_area = f"A1:{get_column_letter(len(widths))}{HEADER_ROW + len(table.rows)}"


def _head(cell: Cell, heading: str) -> None:
    base.write_text(cell, heading)
    cell.font = base.font(base.HEAD_FONT, base.HEAD_SIZE)
    cell.alignment, cell.border, cell.fill = base.CENTRED, base.GRID, base.HEAD_FILL


def _put(cell: Cell, value: Value, *, centred: bool) -> None:
    cell.font, cell.border = base.font(base.BODY_FONT, base.BODY_SIZE), base.GRID
    cell.alignment = base.CENTRED if centred else base.LEFT
    if isinstance(value, str):
        base.write_text(cell, value)
    elif value is not None:
        cell.value, cell.alignment = value, base.SHRUNK
        if isinstance(value, date):
            cell.number_format = DATE_FORMAT


def _height(values: Sequence[Value], widths: Sequence[float]) -> float:
    heights = (
        text_height(value if isinstance(value, str) else "0", width * POINTS_PER_MM, base.BODY_SIZE)
        for value, width in zip(values, widths, strict=True)
    )
    return min(max(heights), base.ROW_LIMIT_PT)
