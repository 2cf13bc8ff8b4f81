"""导出填报表: the form as a workbook to fill in without the network, which comes back through 导入."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from jianfu.kernel.documents import sheet as base
from jianfu.kernel.documents.measure import POINTS_PER_MM, text_height
from jianfu.kernel.documents.text import excel_escaped, safe_cell
from ledger.intake import layout
from ledger.intake.layout import Line
from ledger.models import Achievement, BlankValue, Ledger, LedgerRow
from ledger.selectors import figures
from ledger.services.filling import CONTENT
from ledger.states import AchievementKind

OPEN = PatternFill("solid", fgColor="FFFFF9E5")
HINT = (
    "黄色格可以填，白色格受保护。一条落实情况占一行，每项下面留有空行；"
    "数字只填数字，没有就填 0，还没统计就空着。填好后在“填报表”页上传。"
)
UNITS = "项,次,个,人,场,张,份,课时"


def render(ledger: Ledger, rows: Iterable[LedgerRow], at: datetime) -> bytes:
    """The workbook; ``rows`` are those of the ledger that it holds, all of them or a 科室's own.

    Raises DocumentTooLarge when a text does not fit into a cell.
    """
    held = list(rows)
    figures.bring_up_to_date(ledger, held, figures.last_year(ledger))
    day = at.date()
    book = base.new_workbook(
        name=f"{ledger.year}年填报表", title=ledger.title, author=ledger.district.name, made_on=day
    )
    page = book.active
    _set_up(page, ledger)
    top = layout.FIRST_ROW
    for row in held:
        top = _write_row(page, row, top)
    page.print_area = f"B1:{get_column_letter(layout.LAST)}{top - 1}"
    _protect(page)
    if top > layout.FIRST_ROW:
        _validate(page, top - 1)
    _write_stamp(book.create_sheet(layout.STAMP), ledger, held, at)
    return base.saved(book, day)


def file_name(ledger: Ledger, made_on: date, whole: bool) -> str:
    """云岭区2026年减负台账填报表（全部）20261121."""
    part = "全部" if whole else "本科室"
    return f"{ledger.district.name}{ledger.year}年减负台账填报表（{part}）{made_on:%Y%m%d}"


def _set_up(page: Worksheet, ledger: Ledger) -> None:
    base.set_up_page(page, header_row=layout.HEADER_ROW)
    page.print_title_rows = f"{layout.GROUP_ROW}:{layout.HEADER_ROW}"
    page.freeze_panes = page.cell(layout.FIRST_ROW, layout.TASK)
    for column, width in layout.WIDTHS_MM.items():
        page.column_dimensions[get_column_letter(column)].width = base.digits_wide(width)
    page.column_dimensions["A"].hidden = True
    _span(page, layout.TITLE_ROW, 2, layout.LAST, f"{ledger.title}（填报表）", base.TITLE, base.CENTRED)
    page.row_dimensions[layout.TITLE_ROW].height = 36
    _span(page, layout.HINT_ROW, 2, layout.LAST, f"{ledger.year}年度　{HINT}", base.BODY, base.LEFT)
    page.row_dimensions[layout.HINT_ROW].height = 24
    _write_heads(page, ledger.columns)


def _write_heads(page: Worksheet, columns: Sequence[str]) -> None:
    """Two lines of headings: those of the official form, and the parts of its two columns to fill."""
    top, below = layout.GROUP_ROW, layout.HEADER_ROW
    number, subject, task, requirement, done, figure, sections = columns
    single = {
        layout.KEY: layout.KEY_HEADING, layout.NUMBER: number, layout.SUBJECT: subject, layout.TASK: task,
        layout.REQUIREMENT: requirement, layout.SECTIONS: sections,
    }  # fmt: skip
    for column, words in single.items():
        _head(page, top, column, words)
        page.merge_cells(start_row=top, end_row=below, start_column=column, end_column=column)
    entry, last_entry = min(layout.ENTRY_COLUMNS.values()), max(layout.ENTRY_COLUMNS.values())
    for words, first, last in ((done, entry, last_entry), (figure, layout.FIGURE, layout.REASON)):
        _head(page, top, first, words)
        page.merge_cells(start_row=top, end_row=top, start_column=first, end_column=last)
    for name, column in layout.ENTRY_COLUMNS.items():
        _head(page, below, column, layout.ENTRY_LABELS[name])
    for column, words in layout.FIGURE_LABELS.items():
        _head(page, below, column, words)
    for column in range(1, layout.LAST + 1):
        for row in (top, below):
            page.cell(row, column).border = base.GRID
    page.row_dimensions[top].height, page.row_dimensions[below].height = 34, 22


def _head(page: Worksheet, row: int, column: int, words: str) -> None:
    cell = page.cell(row, column)
    base.write_text(cell, words)
    cell.font, cell.alignment, cell.fill = base.HEAD, base.CENTRED, base.HEAD_FILL


def _span(page: Worksheet, row: int, first: int, last: int, words: str, font: Any, side: Any) -> None:
    cell = page.cell(row, first)
    base.write_text(cell, words)
    cell.font, cell.alignment = font, side
    page.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)


def _write_row(page: Worksheet, row: LedgerRow, top: int) -> int:
    """One row of the form over as many lines as it needs; returns the first line below it."""
    entries, blanks = list(row.entries.all()), list(row.blanks.all())
    count = max(len(entries) + layout.SPARE, len(blanks), layout.LEAST_LINES)
    for place in range(count):
        entry = entries[place] if place < len(entries) else None
        blank = blanks[place] if place < len(blanks) else None
        _write_line(page, row, top + place, place - len(entries) + 1, entry, blank)
    bottom = top + count - 1
    official = {
        layout.NUMBER: str(row.number), layout.SUBJECT: row.subject, layout.TASK: row.task,
        layout.REQUIREMENT: row.requirement, layout.SECTIONS: row.sections_text,
    }  # fmt: skip
    for column, words in official.items():
        _write_official(page, column, words, top, bottom)
    if len(blanks) < count:
        _close_off(page, top + len(blanks), bottom)
    need = max(_height(column, words) for column, words in official.items())
    _set_heights(page, top, bottom, need)
    return bottom + 1


def _set_heights(page: Worksheet, top: int, bottom: int, need: float) -> None:
    """Each line as high as its own words need, all together as high as the official ones."""
    own = {line: _line_height(page, line) for line in range(top, bottom + 1)}
    missing = max(0.0, need - sum(own.values())) / len(own)
    for line, height in own.items():
        page.row_dimensions[line].height = round(min(height + missing, base.ROW_LIMIT_PT), 1)


def _line_height(page: Worksheet, line: int) -> float:
    columns = (*layout.ENTRY_COLUMNS.values(), layout.FIGURE, layout.VALUE, layout.REASON)
    return max(20.0, *(_height(column, str(page.cell(line, column).value or "")) for column in columns))


def _height(column: int, words: str) -> float:
    return text_height(words, layout.WIDTHS_MM[column] * POINTS_PER_MM, base.BODY_SIZE)


def _write_line(
    page: Worksheet,
    row: LedgerRow,
    at: int,
    spare: int,
    entry: Achievement | None,
    blank: BlankValue | None,
) -> None:
    named = Line(row.key, str(entry.pk) if entry else f"+{spare}", blank.code if blank else "")
    base.write_text(page.cell(at, layout.KEY), str(named))
    for name, column in layout.ENTRY_COLUMNS.items():
        value = getattr(entry, name) if entry else None
        if name == "kind" and value:
            value = AchievementKind(value).label
        _write_open(page.cell(at, column), value, words=name in {"name", "outcome"})
    if blank:
        _write_official(page, layout.FIGURE, blank.name, at, at)
        _write_official(page, layout.UNIT, blank.unit, at, at)
        _write_open(page.cell(at, layout.VALUE), blank.value, words=blank.is_text)
        _write_open(page.cell(at, layout.REASON), blank.override_reason, words=True)


def _write_official(page: Worksheet, column: int, words: str, top: int, bottom: int) -> None:
    cell = page.cell(top, column)
    if column == layout.NUMBER:
        cell.value = int(words)
    else:
        base.write_text(cell, words)
    long = column in {layout.TASK, layout.REQUIREMENT, layout.FIGURE}
    cell.font, cell.alignment = base.BODY, base.LEFT if long else base.CENTRED
    if bottom > top:
        page.merge_cells(start_row=top, end_row=bottom, start_column=column, end_column=column)
    for line in range(top, bottom + 1):
        page.cell(line, column).border = base.GRID


def _close_off(page: Worksheet, top: int, bottom: int) -> None:
    """Lines without a blank of their own: nothing to fill in there."""
    for line in range(top, bottom + 1):
        for column in range(layout.FIGURE, layout.SECTIONS):
            page.cell(line, column).border = base.GRID


def _write_open(cell: Cell, value: Any, *, words: bool) -> None:
    """A cell to fill in: unlocked, its number as a number."""
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, str):
        base.write_text(cell, value)
    elif value is not None:
        cell.value = value
    cell.font, cell.border, cell.fill = base.BODY, base.GRID, OPEN
    cell.alignment = base.LEFT if words else base.CENTRED
    cell.protection = Protection(locked=False)


def _protect(page: Worksheet) -> None:
    """Without a password: it guards against a slip, and whoever must may lift it."""
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = page.protection.formatCells = False


def _validate(page: Worksheet, last: int) -> None:
    columns = layout.ENTRY_COLUMNS
    for validation, column in (
        (_of_list(",".join(layout.KINDS.values()), strict=True), columns["kind"]),
        (_of_list(UNITS, strict=False), columns["unit"]),
        (_of_numbers(None), columns["quantity"]),
        (_of_numbers(100), columns["ratio"]),
    ):
        letter = get_column_letter(column)
        page.add_data_validation(validation)
        validation.add(f"{letter}{layout.FIRST_ROW}:{letter}{last}")


def _of_list(words: str, *, strict: bool) -> DataValidation:
    found = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=strict)
    found.errorTitle, found.error = "类别", "从下拉框中选一项"
    return found


def _of_numbers(most: int | None) -> DataValidation:
    """A warning only: the import says more exactly what is wrong."""
    found = DataValidation(type="decimal", allow_blank=True, showErrorMessage=True, errorStyle="warning")
    found.operator, found.formula1 = ("between", "0") if most else ("greaterThanOrEqual", "0")
    if most:
        found.formula2 = str(most)
    found.errorTitle, found.error = "只填数字", "没有就填 0，还没统计就空着"
    return found


def _write_stamp(page: Worksheet, ledger: Ledger, rows: Sequence[LedgerRow], at: datetime) -> None:
    """What this file is and what stood in it: a cell counts as filled in only where it differs from that."""
    page.sheet_state = "veryHidden"
    page.protection.sheet = True
    for number, line in enumerate(_stamp_lines(ledger, rows, at), 1):
        for column, words in enumerate(line, 1):
            cell = page.cell(number, column)
            cell.value, cell.data_type = excel_escaped(safe_cell(words)), "s"


def _stamp_lines(ledger: Ledger, rows: Sequence[LedgerRow], at: datetime) -> Iterator[tuple[str, str, str]]:
    yield "格式", layout.FORMAT, ""
    yield "台账", str(ledger.pk), f"{ledger.district.name}{ledger.year}年"
    yield "导出时间", at.isoformat(timespec="seconds"), ""
    for row in rows:
        yield "版本", row.key, str(row.version)
        for entry in row.entries.all():
            for name in CONTENT:
                yield "原值", layout.entry_cell(row.key, entry.pk, name), plain(getattr(entry, name))
        for blank in row.blanks.all():
            yield "原值", layout.blank_cell(row.key, blank.code), plain(blank.value)
            yield "原值", layout.reason_cell(row.key, blank.code), blank.override_reason


def plain(value: Any) -> str:
    """A value as the stamp holds it: numbers without trailing zeros."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)
