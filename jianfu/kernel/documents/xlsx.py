"""The official form and plain registers as Excel workbooks."""

from __future__ import annotations

import math
from collections.abc import Iterator

from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from . import sheet as base
from .form import Blank, Column, FormGroup, FormRow, OfficialForm
from .measure import POINTS_PER_MM, text_height
from .register import RegisterColumn, render_table

__all__ = ["RegisterColumn", "render_form", "render_table"]

TITLE_ROW, LINE_ROW, HEADER_ROW = 1, 2, 3
# A row too high for Excel is laid over several sheet rows of about ten lines, so that pages still fill up.
PART_PT = 150.0


def render_form(form: OfficialForm) -> bytes:
    """The form as a workbook: one sheet, real merged 事项 cells, A4 landscape with repeated header (R2, R3).

    Raises DocumentTooLarge when a text does not fit into a cell.
    """
    book = base.new_workbook(
        name=f"{form.year}年度台账", title=form.title, author=form.unit, made_on=form.printed_on
    )
    page = book.active
    base.set_up_page(page, header_row=HEADER_ROW)
    for index, column in enumerate(form.columns, 1):
        page.column_dimensions[get_column_letter(index)].width = base.digits_wide(column.width_mm)
    _write_head(page, form)
    after = HEADER_ROW + 1
    groups = []
    for group in form.groups:
        top, after = after, _write_group(page, form.columns, group, after)
        groups.append(range(top, after))
    last = _write_foot(page, form, after)
    _break_pages(page, form, groups, range(after, last + 1))
    page.print_area = f"A1:{get_column_letter(len(form.columns))}{last}"
    return base.saved(book, form.printed_on)


def _write_head(page: Worksheet, form: OfficialForm) -> None:
    width = len(form.columns)
    title = page.cell(TITLE_ROW, 1)
    base.write_text(title, form.title)
    title.font, title.alignment = base.TITLE, base.CENTRED
    page.merge_cells(start_row=TITLE_ROW, end_row=TITLE_ROW, start_column=1, end_column=width)
    paper = sum(column.width_mm for column in form.columns) * POINTS_PER_MM
    page.row_dimensions[TITLE_ROW].height = text_height(form.title, paper, base.TITLE_SIZE)
    left, right = form.heading_line
    middle = width // 2
    _write_span(page, LINE_ROW, 1, middle, left, base.LEFT)
    _write_span(page, LINE_ROW, middle + 1, width, right, base.RIGHT)
    page.row_dimensions[LINE_ROW].height = 20
    for index, column in enumerate(form.columns, 1):
        cell = page.cell(HEADER_ROW, index)
        base.write_text(cell, column.heading)
        cell.font, cell.alignment, cell.border, cell.fill = base.HEAD, base.CENTRED, base.GRID, base.HEAD_FILL
    page.row_dimensions[HEADER_ROW].height = max(
        text_height(column.heading, column.width_mm * POINTS_PER_MM, base.HEAD_SIZE)
        for column in form.columns
    )


def _write_span(page: Worksheet, row: int, first: int, last: int, text: str, side: Alignment) -> None:
    cell = page.cell(row, first)
    base.write_text(cell, text)
    cell.font, cell.alignment = base.BODY, side
    if last > first:
        page.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)


def _write_group(page: Worksheet, columns: tuple[Column, ...], group: FormGroup, top: int) -> int:
    """Write one 事项 from sheet row `top` on; returns the first free row below it."""
    heights = _group_heights(columns, group)
    row_top = top
    for row, height in zip(group.rows, heights, strict=True):
        parts = 1 if height <= base.ROW_LIMIT_PT else math.ceil(height / PART_PT)
        for part in range(parts):
            page.row_dimensions[row_top + part].height = round(height / parts, 1)
        for index, column in enumerate(columns, 1):
            if column.key != "subject":
                _write_cell(page, row_top, index, column, row)
                if parts > 1:
                    page.cell(row_top, index).alignment = (
                        base.CENTRED_TOP if column.centred else base.LEFT_TOP
                    )
                _merge_down(page, index, row_top, row_top + parts - 1)
        row_top += parts
    for index, column in enumerate(columns, 1):
        if column.key == "subject":
            cell = page.cell(top, index)
            base.write_text(cell, group.subject)
            cell.font, cell.alignment = base.BODY, base.CENTRED
            _merge_down(page, index, top, row_top - 1)
    return row_top


def _group_heights(columns: tuple[Column, ...], group: FormGroup) -> list[float]:
    """Points each row of the group needs; the last grows when the 事项 itself needs more than its rows
    give."""
    heights = [
        max(_height(row.text(column.key), column) for column in columns if column.key != "subject")
        for row in group.rows
    ]
    for column in columns:
        if column.key == "subject" and heights:
            heights[-1] += max(0.0, _height(group.subject, column) - sum(heights))
    return heights


def _height(text: str, column: Column) -> float:
    return text_height(text, column.width_mm * POINTS_PER_MM, base.BODY_SIZE)


def _write_cell(page: Worksheet, sheet_row: int, index: int, column: Column, row: FormRow) -> None:
    cell = page.cell(sheet_row, index)
    if column.key == "number" and row.number.isascii() and row.number.isdigit():
        cell.value = int(row.number)
    elif column.key == "figures":
        base.write_sentence(cell, list(_sentence_parts(row)))
    else:
        base.write_text(cell, row.text(column.key))
    cell.font = base.BODY
    cell.alignment = base.CENTRED if column.centred else base.LEFT


def _sentence_parts(row: FormRow) -> Iterator[tuple[str, bool]]:
    for segment in row.figures:
        if isinstance(segment, Blank):
            yield segment.text, True
            yield segment.unit, False
        else:
            yield segment, False


def _merge_down(page: Worksheet, column: int, top: int, bottom: int) -> None:
    """Merge and draw the lines on every cell of the range: programs draw a merged cell's border from all of
    them."""
    if bottom > top:
        page.merge_cells(start_row=top, end_row=bottom, start_column=column, end_column=column)
    for row in range(top, bottom + 1):
        page.cell(row, column).border = base.GRID


def _write_foot(page: Worksheet, form: OfficialForm, row: int) -> int:
    """Notes and the places to sign below the table; returns the last row written."""
    width = len(form.columns)
    paper = sum(column.width_mm for column in form.columns) * POINTS_PER_MM
    for note in form.notes:
        _write_span(page, row, 1, width, note, base.LEFT)
        page.row_dimensions[row].height = text_height(note, paper, base.BODY_SIZE)
        row += 1
    if form.signatures:
        page.row_dimensions[row].height = 32
        for (first, last), signature in zip(_spans(form), form.signatures, strict=True):
            _write_span(page, row, first, last, signature.text, base.LEFT)
        row += 1
    return row - 1


def _spans(form: OfficialForm) -> Iterator[tuple[int, int]]:
    """Neighbouring columns for each signature, of about the same width on paper."""
    shares, count = form.column_shares, len(form.signatures)
    first, used = 1, 0.0
    for place in range(1, count + 1):
        last = first
        used += shares[first - 1]
        room_after = len(shares) - (count - place)
        while last < room_after and (place == count or used + shares[last] / 2 <= 100 * place / count):
            used += shares[last]
            last += 1
        yield first, last
        first = last + 1


def _break_pages(page: Worksheet, form: OfficialForm, groups: list[range], foot: range) -> None:
    """Begin a 事项 on a new page rather than let a page end cut through it, where a page can hold it.

    Programs centre the words of a merged cell in the whole of it and cut them where the page ends. A 事项
    longer than a page has its words at the top. The signatures stay with the last row.
    """
    head, used = (
        _sheet_height(page, range(HEADER_ROW, HEADER_ROW + 1)),
        _sheet_height(page, range(1, HEADER_ROW + 1)),
    )
    for group in groups:
        foot_height = _sheet_height(page, foot) if group is groups[-1] else 0.0
        need = _sheet_height(page, group) + foot_height
        if used + need <= base.PAGE_PT:
            used += need
        elif head + need <= base.PAGE_PT:
            page.row_breaks.append(Break(id=group.start - 1))
            used = head + need
        else:
            used = _flow_long_group(page, form, group, used, foot_height)


def _flow_long_group(
    page: Worksheet, form: OfficialForm, group: range, used: float, foot_height: float
) -> float:
    head = _sheet_height(page, range(HEADER_ROW, HEADER_ROW + 1))
    for index, column in enumerate(form.columns, 1):
        if column.key == "subject":
            page.cell(group.start, index).alignment = base.CENTRED_TOP
    for row in group:
        own = _sheet_height(page, range(row, row + 1))
        need = own + foot_height if row == group[-1] else own
        if used + need > base.PAGE_PT:
            used = head
            if need > own:
                page.row_breaks.append(Break(id=row - 1))
        used += need
    return used


def _sheet_height(page: Worksheet, rows: range) -> float:
    return sum(page.row_dimensions[row].height for row in rows)
