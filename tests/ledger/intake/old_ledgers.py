"""Ledgers as districts really filled them in: merged cells, blanks for underlines, 无, several programs."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from typing import Any

from docx import Document
from openpyxl import Workbook

from ledger.models import Ledger

HEADINGS = ["序号", "事项", "重点任务", "工作要求", "落实情况", "重点监测数据", "责任科室"]


def lines_of(ledger: Ledger, filled: dict[int, tuple[Any, Any]]) -> list[list[Any]]:
    """The lines of the form with (落实情况, 重点监测数据) of some rows; 事项 stands in its first row only."""
    found: list[list[Any]] = []
    before = ""
    for row in ledger.rows.order_by("number"):
        done, figures = filled.get(row.number, ("", ""))
        subject = row.subject if row.subject != before else ""
        before = row.subject
        found.append([row.number, subject, row.task, row.requirement, done, figures, row.sections_text])
    return found


def as_xlsx(ledger: Ledger, filled: dict[int, tuple[Any, Any]]) -> Workbook:
    """With a title over merged cells and merged 事项, as the bureau sends it round."""
    book = Workbook()
    page = book.active
    page.title = "Sheet1"
    page.append(["武隆区中小学教师减负工作重点任务台账"])
    page.merge_cells("A1:G1")
    page.append(["填报单位：", None, None, "填报日期：2025 年 12 月"])
    page.append([*HEADINGS[:4], "落实情况\n（须列举出教师减负的具体事项…）", "重点监测\n数据", "责任科室"])
    first = {}
    for line in lines_of(ledger, filled):
        page.append(line)
        if line[1]:
            first[page.max_row] = line[1]
    tops = [*first, page.max_row + 1]
    for top, below in pairwise(tops):
        if below - top > 1:
            page.merge_cells(start_row=top, end_row=below - 1, start_column=2, end_column=2)
    page.append([])
    page.append(["审核人：", None, None, "负责人：（签字）"])
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_docx(ledger: Ledger, filled: dict[int, tuple[Any, Any]]) -> bytes:
    made = Document()
    made.add_paragraph("中小学教师减负工作重点任务台账")
    lines = [HEADINGS, *lines_of(ledger, filled)]
    table = made.add_table(rows=len(lines), cols=7)
    top = 0
    for number, line in enumerate(lines):
        for column, value in enumerate(line):
            table.cell(number, column).text = str(value)
        if line[1]:
            top = number
        elif number:
            table.cell(top, 1).merge(table.cell(number, 1))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def as_csv(ledger: Ledger, filled: dict[int, tuple[Any, Any]], encoding: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([HEADINGS, *lines_of(ledger, filled)])
    return out.getvalue().encode(encoding)
