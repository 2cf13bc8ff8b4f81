"""What every workbook of ours has in common: fonts, lines, paper, string cells, and bytes that repeat."""

from __future__ import annotations

import io
import shutil
import zipfile
from datetime import UTC, date, datetime, time
from typing import IO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from .text import excel_escaped, printable, reads_like_formula, safe_cell

# The names officials look for. A workbook only names its fonts; a machine without them takes its own.
TITLE_FONT, HEAD_FONT, BODY_FONT, PLAIN_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312", "宋体"
TITLE_SIZE, HEAD_SIZE, BODY_SIZE = 22.0, 11.0, 10.5
GB2312_CHARSET = 134  # lets Excel choose another Chinese font where the named one is missing
# Excel prints no row higher than 409 points: a longer text is spread over several rows, merged into one cell.
ROW_LIMIT_PT = 400.0
# What A4 landscape leaves between our margins, less a little for programs that count rows in whole pixels.
PAGE_PT = (210 - 33) / 25.4 * 72 - 8
SHEET_NAME_LIMIT = 31
PRODUCT = "减负台账"

_THIN = Side(style="thin", color="FF000000")
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
HEAD_FILL = PatternFill("solid", fgColor="FFF2F2F2")
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
# Excel shows "####" for a number or date wider than its column, wrapped or not; it must shrink instead.
SHRUNK = Alignment(horizontal="center", vertical="center", shrink_to_fit=True)
CENTRED_TOP = Alignment(horizontal="center", vertical="top", wrap_text=True)
LEFT_TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center", wrap_text=True)


def font(name: str, size: float, **more: bool) -> Font:
    return Font(name=name, size=size, charset=GB2312_CHARSET, **more)


TITLE, HEAD, BODY = font(TITLE_FONT, TITLE_SIZE), font(HEAD_FONT, HEAD_SIZE), font(BODY_FONT, BODY_SIZE)


def sheet_name(text: str) -> str:
    """A name that Excel accepts: no []:*?/\\ , no apostrophe at the ends, at most 31 UTF-16 units, never
    empty."""
    clean = printable(text).replace("\n", " ")
    for bad, good in zip("[]:*?/\\", "〔〕：＊？／＼", strict=True):
        clean = clean.replace(bad, good)
    while len(clean.encode("utf-16-le")) // 2 > SHEET_NAME_LIMIT:
        clean = clean[:-1]
    clean = clean.strip().strip("'").strip()
    return clean if clean and clean.lower() != "history" else "台账"


def write_text(cell: Cell, text: str) -> None:
    """Store the text as a string, never as a formula, number or error value, whatever it begins with."""
    clean = safe_cell(text)
    if not clean:
        return
    cell.value = excel_escaped(clean)
    cell.data_type = "s"
    if reads_like_formula(text):
        cell.quotePrefix = True


def write_sentence(cell: Cell, parts: list[tuple[str, bool]]) -> None:
    """Store (text, is a blank) parts as one sentence with its blanks underlined."""
    whole = safe_cell("".join(text for text, _ in parts))
    blocks = [
        TextBlock(_inline(underline=blank), excel_escaped(printable(text))) for text, blank in parts if text
    ]
    if not any(blank for _, blank in parts):
        write_text(cell, whole)
        return
    cell.value = CellRichText(*blocks)
    if reads_like_formula(whole):
        cell.quotePrefix = True


def _inline(*, underline: bool) -> InlineFont:
    return InlineFont(
        rFont=BODY_FONT, sz=BODY_SIZE, charset=GB2312_CHARSET, u="single" if underline else None
    )


def new_workbook(*, name: str, title: str, author: str, made_on: date, write_only: bool = False) -> Workbook:
    """A workbook with one visible sheet, described in Chinese, dated by the document and not by the
    machine."""
    book = Workbook(write_only=write_only)
    if write_only:
        book.create_sheet(sheet_name(name))
    else:
        book.active.title = sheet_name(name)
    moment = datetime.combine(made_on, time(), tzinfo=UTC).replace(tzinfo=None)
    book.properties = DocumentProperties(
        creator=printable(author) or PRODUCT,
        lastModifiedBy=printable(author) or PRODUCT,
        title=printable(title),
        language="zh-CN",
        created=moment,
        modified=moment,
    )
    # Column widths are counted in digits of this font; 宋体 11 is what Chinese Excel and WPS start with.
    book._named_styles["Normal"].font = font(PLAIN_FONT, 11)
    book._fonts[0] = font(PLAIN_FONT, 11)
    return book


def set_up_page(sheet: Worksheet, *, header_row: int) -> None:
    """A4 landscape, one page wide, the header row on every page and in view, page number "— 1 —"."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = 15 / 25.4
    margins.top, margins.bottom = 16 / 25.4, 17 / 25.4
    margins.header = margins.footer = 8 / 25.4
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.oddFooter.center.text = "— &P —"
    sheet.oddFooter.center.size = 14
    sheet.oddFooter.center.font = f"{PLAIN_FONT},Regular"
    sheet.freeze_panes = f"A{header_row + 1}"


def digits_wide(millimetres: float) -> float:
    """A column width as Excel counts it: digits of 宋体 11 (8 pixels each, and 5 of padding)."""
    return round((millimetres / 25.4 * 96 - 5) / 8, 2)


def saved(book: Workbook, made_on: date, *, rows: IO[bytes] | None = None) -> bytes:
    """The workbook's bytes: the same book gives the same bytes, for no part carries the time of saving.

    ``rows`` is more of the first sheet, as XML (rows.py), put behind the rows that the book holds itself.
    """
    raw = io.BytesIO()
    # Not Workbook.save: that stamps the present moment on the properties.
    ExcelWriter(book, zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED)).save()
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, (made_on.year, made_on.month, made_on.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            if rows is not None and name == "xl/worksheets/sheet1.xml":
                _write_with_rows(archive, info, parts.read(name), rows)
            else:
                archive.writestr(info, parts.read(name))
    return out.getvalue()


def _write_with_rows(archive: zipfile.ZipFile, info: zipfile.ZipInfo, sheet: bytes, rows: IO[bytes]) -> None:
    head, end, tail = sheet.partition(b"</sheetData>")
    info._compresslevel = 1  # a third of the time for a tenth more bytes
    rows.seek(0)
    with archive.open(info, "w") as part:
        part.write(head)
        shutil.copyfileobj(rows, part, 1024 * 1024)
        part.write(end + tail)
