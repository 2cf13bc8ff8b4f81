"""The working form as a clerk has it open: cells by what they belong to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell

from jianfu.kernel import dates
from jianfu.kernel.documents.reading import Book, Sheet
from jianfu.kernel.documents.reading import Cell as ReadCell
from jianfu.kernel.documents.reading.process import read as read_file
from jianfu.kernel.intake import Plan
from ledger.exports import working_form
from ledger.intake import layout
from ledger.intake.layout import Line
from ledger.intake.target import PURPOSE
from ledger.models import Intake, Ledger
from ledger.services import intake as services


class Form:
    """An exported form, open for typing."""

    def __init__(self, content: bytes) -> None:
        self.book: Workbook = load_workbook(io.BytesIO(content))
        self.page = self.book.worksheets[0]

    def lines(self) -> Iterator[tuple[int, Line]]:
        for number in range(layout.FIRST_ROW, self.page.max_row + 1):
            line = Line.read(str(self.page.cell(number, layout.KEY).value or ""))
            if line:
                yield number, line

    def line(self, row: str, *, entry: str = "", blank: str = "") -> int:
        return next(
            number
            for number, line in self.lines()
            if line.row == row and entry in ("", line.entry) and blank in ("", line.blank)
        )

    def entry(self, row: str, entry: str, name: str) -> Cell:
        return self.page.cell(self.line(row, entry=entry), layout.ENTRY_COLUMNS[name])

    def blank(self, row: str, code: str, column: int = layout.VALUE) -> Cell:
        return self.page.cell(self.line(row, blank=code), column)

    def add(self, row: str, **cells: Any) -> None:
        """A new entry in the row's first empty line."""
        line = self.line(row, entry="+1")
        for name, value in {"kind": "已组织开展", **cells}.items():
            self.page.cell(line, layout.ENTRY_COLUMNS[name]).value = value

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def exported(ledger: Ledger, numbers: tuple[int, ...] = ()) -> Form:
    rows = ledger.rows.prefetch_related("entries", "blanks").order_by("number")
    held = rows.filter(number__in=numbers) if numbers else rows
    return Form(working_form.render(Ledger.objects.get(pk=ledger.pk), held, dates.now()))


def uploaded(by: Any, content: bytes, *, name: str = "填报表.xlsx", year: int = 2026) -> Intake:
    file = SimpleUploadedFile(name, content)
    intake = services.upload(purpose=PURPOSE, about=str(year), file=file, by=by)
    return Intake.objects.get(pk=intake.pk)


def plan_of(by: Any, form: Form) -> Plan:
    intake = uploaded(by, form.saved())
    assert intake.state == "read", intake.error
    return intake.read_plan()


def confirmed(by: Any, content: bytes, *chosen: str) -> Intake:
    return services.confirm(intake=uploaded(by, content), by=by, chosen=chosen)


def said(plan: Plan) -> list[tuple[str, str, str, str]]:
    """The changes in words."""
    return [(change.row, change.column, change.before, change.after) for change in plan.changes]


def read_in_process(content: bytes, tmp: Any) -> Book:
    """Without the page around it."""
    path = tmp / "form.xlsx"
    path.write_bytes(content)
    with path.open("rb") as file:
        return read_file(file, "form.xlsx")


def book_of(form: Form) -> Book:
    """As `reading` would give it, from the open workbook: for properties with hundreds of examples."""
    sheets = []
    for page in form.book.worksheets:
        sheet = Sheet(page.title, hidden=page.sheet_state != "visible")
        for line in page.iter_rows():
            filled = {
                cell.column: ReadCell(cell.row, cell.column, *_typed(cell.value))
                for cell in line
                if cell.value not in (None, "")
            }
            if filled:
                sheet.rows[line[0].row] = filled
        sheets.append(sheet)
    return Book("xlsx", sheets)


def _typed(value: Any) -> tuple[str, Any]:
    from decimal import Decimal

    if isinstance(value, int | float):
        return "n", Decimal(f"{value:.15g}")
    return "t", str(value)
