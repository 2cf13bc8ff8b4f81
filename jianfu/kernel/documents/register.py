"""Plain registers as workbooks: one header row, typed cells, the same paper as the official form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.cell_range import CellRange

from . import sheet as base
from .form import PRINT_WIDTH_MM
from .measure import POINTS_PER_MM, text_height
from .text import DocumentTooLarge

HEADER_ROW = 2
ROW_LIMIT = 1_048_576  # Excel's last row
DATE_FORMAT = 'yyyy"年"m"月"d"日"'

Value = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """A heading and the share of the paper it takes, in millimetres before all are fitted to the page."""

    heading: str
    width_mm: float = 30.0
    centred: bool = False


def render_table(
    title: str,
    columns: Sequence[RegisterColumn],
    rows: Iterable[Sequence[Value]],
    *,
    made_on: date,
    author: str = "",
    name: str = "",
) -> bytes:
    """A register as a workbook: whole numbers and dates as such, everything else as text that cannot run.

    `rows` may be a generator: rows are written as they come and not kept. `made_on` is the only date in the
    file. Raises DocumentTooLarge for a text beyond a cell or rows beyond a sheet, ValueError for a row of
    another length.
    """
    factor = PRINT_WIDTH_MM / sum(column.width_mm for column in columns)
    fitted = [RegisterColumn(c.heading, c.width_mm * factor, c.centred) for c in columns]
    book = base.new_workbook(name=name or title, title=title, author=author, made_on=made_on, write_only=True)
    page = book.worksheets[0]
    base.set_up_page(page, header_row=HEADER_ROW)
    for index, column in enumerate(fitted, 1):
        page.column_dimensions[get_column_letter(index)].width = base.digits_wide(column.width_mm)
    _write_head(page, title, fitted)
    try:
        last = _write_rows(page, fitted, rows)
    except Exception:
        page.close()
        page._writer.cleanup()  # rows already written lie in a temporary file
        raise
    page.print_area = f"A1:{get_column_letter(len(fitted))}{last}"
    return base.saved(book, made_on)


def _write_head(page: WriteOnlyWorksheet, title: str, columns: Sequence[RegisterColumn]) -> None:
    head = WriteOnlyCell(page)
    base.write_text(head, title)
    head.font, head.alignment = base.TITLE, base.CENTRED
    page.row_dimensions[1].height = text_height(title, PRINT_WIDTH_MM * POINTS_PER_MM, base.TITLE_SIZE) + 6
    page.append([head])
    if len(columns) > 1:
        page.merged_cells.ranges.add(CellRange(min_row=1, max_row=1, min_col=1, max_col=len(columns)))
    page.row_dimensions[HEADER_ROW].height = max(
        text_height(c.heading, c.width_mm * POINTS_PER_MM, base.HEAD_SIZE) for c in columns
    )
    cells = []
    for column in columns:
        cell = WriteOnlyCell(page)
        base.write_text(cell, column.heading)
        cell.font, cell.alignment, cell.border, cell.fill = base.HEAD, base.CENTRED, base.GRID, base.HEAD_FILL
        cells.append(cell)
    page.append(cells)


def _write_rows(
    page: WriteOnlyWorksheet, columns: Sequence[RegisterColumn], rows: Iterable[Sequence[Value]]
) -> int:
    last = HEADER_ROW
    for last, row in enumerate(rows, HEADER_ROW + 1):
        if last > ROW_LIMIT:
            raise DocumentTooLarge(f"超过 Excel 每张表 {ROW_LIMIT:,} 行的上限。请缩小查询范围后再导出。")
        _write_row(page, last, columns, row)
    return last


def _write_row(
    page: WriteOnlyWorksheet, number: int, columns: Sequence[RegisterColumn], row: Sequence[Value]
) -> None:
    cells = [_typed_cell(page, column, value) for column, value in zip(columns, row, strict=True)]
    page.row_dimensions[number].height = min(
        max(
            text_height(_shown(value), column.width_mm * POINTS_PER_MM, base.BODY_SIZE)
            for column, value in zip(columns, row, strict=True)
        ),
        base.ROW_LIMIT_PT,
    )
    page.append(cells)
    del page.row_dimensions[number]  # written; a long register must not pile them up


def _shown(value: Value) -> str:
    """The value in the words that stand in its cell."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日 {value:%H:%M}"
    if isinstance(value, date):
        return ""  # one line, shrunk to its column
    return "" if value is None else str(value)


def _typed_cell(page: WriteOnlyWorksheet, column: RegisterColumn, value: Value) -> Cell:
    cell = WriteOnlyCell(page)
    if isinstance(value, date) and not isinstance(value, datetime):
        cell._style = copy(_style(page, "date", centred=True))
        cell.value, cell.number_format = value, DATE_FORMAT
    elif isinstance(value, int | float) and not isinstance(value, bool):
        cell._style = copy(_style(page, "number", centred=True))
        cell.value = value
    else:
        cell._style = copy(_style(page, "text", centred=column.centred))
        base.write_text(cell, _shown(value))
    return cell


def _style(page: WriteOnlyWorksheet, kind: str, *, centred: bool) -> StyleArray:
    """The style of a kind of cell, looked up once per workbook: finding it for every cell takes half the
    time."""
    styles = page.parent.__dict__.setdefault("_register_styles", {})
    if (kind, centred) not in styles:
        model = WriteOnlyCell(page)
        model.font, model.border = base.BODY, base.GRID
        words = base.CENTRED if centred else base.LEFT
        model.alignment = words if kind == "text" else base.SHRUNK
        styles[kind, centred] = model._style
    return styles[kind, centred]
