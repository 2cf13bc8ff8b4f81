"""The one format in which rows go in and out: a workbook of string cells, never taken for formulas."""

from __future__ import annotations

from typing import Any

from import_export.formats import base_formats

from . import dates
from .documents.sheet import new_workbook, saved, write_text


class Workbook(base_formats.XLSX):
    """Headings in the first row, a row of the sheet for each row. What goes out can come in again."""

    def export_data(self, dataset: Any, **_kwargs: Any) -> bytes:
        today = dates.today()
        book = new_workbook(name="数据", title="数据", author="", made_on=today)
        sheet = book.active
        for number, row in enumerate([dataset.headers, *dataset], start=1):
            for column, value in enumerate(row, start=1):
                write_text(sheet.cell(number, column), "" if value is None else str(value))
        sheet.freeze_panes = "A2"
        return saved(book, today)
