"""Plain registers as workbooks: one header row, typed cells, the same paper as the official form."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import IO, Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.cell_range import CellRange

from . import sheet as base
from .form import PRINT_WIDTH_MM
from .measure import POINTS_PER_MM, text_height
from .rows import CellStyles, RowWriter, Value, limited
from .text import DocumentTooLarge

HEADER_ROW = 2
MANY_COLUMNS = 12  # more are set in a smaller type with short dates, so that A4 still holds them
SMALL_SIZE = 9.0
ROW_LIMIT = 1_048_576  # Excel's last row
SPOOLED = 8 * 1024 * 1024  # bytes of rows held in memory; more go to a temporary file
DATE_FORMAT, SHORT_DATE_FORMAT = 'yyyy"年"m"月"d"日"', "yyyy.m.d"


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
    register = _Register(page, fitted)
    register.write_head(title)
    with tempfile.SpooledTemporaryFile(max_size=SPOOLED) as body:
        try:
            last = register.write_rows(rows, body)
        except Exception:
            page.close()
            page._writer.cleanup()  # the head already lies in a temporary file
            raise
        page.print_area = f"A1:{get_column_letter(len(fitted))}{last}"
        return base.saved(book, made_on, rows=body)


class _Register:
    """The sheet being written, its columns and its type size."""

    def __init__(self, page: WriteOnlyWorksheet, columns: Sequence[RegisterColumn]) -> None:
        self.page = page
        self.columns = columns
        few = len(columns) <= MANY_COLUMNS
        self.size = base.BODY_SIZE if few else SMALL_SIZE
        self.date_format = DATE_FORMAT if few else SHORT_DATE_FORMAT
        self.head_size = min(base.HEAD_SIZE, self.size + 0.5)

    def write_head(self, title: str) -> None:
        head = WriteOnlyCell(self.page)
        base.write_text(head, title)
        head.font, head.alignment = base.TITLE, base.CENTRED
        heights = self.page.row_dimensions
        heights[1].height = text_height(title, PRINT_WIDTH_MM * POINTS_PER_MM, base.TITLE_SIZE) + 6
        self.page.append([head])
        count = len(self.columns)
        if count > 1:
            self.page.merged_cells.ranges.add(CellRange(min_row=1, max_row=1, min_col=1, max_col=count))
        heights[HEADER_ROW].height = max(self._height(c.heading, c, self.head_size) for c in self.columns)
        self.page.append([self._heading(column) for column in self.columns])

    def _heading(self, column: RegisterColumn) -> Cell:
        cell = WriteOnlyCell(self.page)
        base.write_text(cell, column.heading)
        cell.font = base.font(base.HEAD_FONT, self.head_size)
        cell.alignment, cell.border, cell.fill = base.CENTRED, base.GRID, base.HEAD_FILL
        return cell

    def write_rows(self, rows: Iterable[Sequence[Value]], out: IO[bytes]) -> int:
        """Write every row; returns the number of the last one on the sheet."""
        writer = RowWriter(
            [self._styles(centred=column.centred) for column in self.columns],
            [partial(self._height, column=column, size=self.size) for column in self.columns],
        )
        words = f"超过 Excel 每张表 {ROW_LIMIT:,} 行的上限。请缩小查询范围后再导出。"
        within = limited(rows, ROW_LIMIT - HEADER_ROW, DocumentTooLarge(words))
        return writer.write(within, out, first=HEADER_ROW + 1, highest=base.ROW_LIMIT_PT)

    def _height(self, text: str, column: RegisterColumn, size: float) -> float:
        return text_height(text, column.width_mm * POINTS_PER_MM, size)

    def _styles(self, *, centred: bool) -> CellStyles:
        text = base.CENTRED if centred else base.LEFT
        return CellStyles(
            text=self._style(text),
            quoted=self._style(text, quotePrefix=True),
            number=self._style(base.SHRUNK),
            date=self._style(base.SHRUNK, number_format=self.date_format),
        )

    def _style(self, alignment: Alignment, **more: Any) -> int:
        """The place of the style in the workbook's table, where it is put if it is not there yet."""
        model = WriteOnlyCell(self.page)
        model.font, model.border = base.font(base.BODY_FONT, self.size), base.GRID
        model.alignment = alignment
        for name, value in more.items():
            setattr(model, name, value)
        return int(model.style_id)
