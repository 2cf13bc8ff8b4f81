"""A register as a workbook or as a paper: all its columns, the rows as they were filtered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from jianfu.kernel.documents import register_pdf, register_word
from jianfu.kernel.documents.register import RegisterColumn, render_table
from jianfu.kernel.documents.register_pdf import Section
from ledger.registers import Register, cell, words

ON_PAPER = 12  # more columns than A4 can hold are left out of the paper, never of the workbook


def workbook(register: Register, items: Iterable[Any], *, title: str, unit: str, made_on: date) -> bytes:
    """Headings as an import expects them; dates and numbers typed, everything else as text."""
    columns = [RegisterColumn(c.heading, c.width_mm, c.centred) for c in register.columns]
    rows = (tuple(cell(item, column) for column in register.columns) for item in items)
    return render_table(title, columns, rows, made_on=made_on, author=unit, name=register.label)


def paper(
    register: Register,
    items: Iterable[Any],
    *,
    title: str,
    unit: str,
    made_on: date,
    note: str = "",
    as_word: bool = False,
) -> bytes:
    """As PDF or as Word, with 序号 and the columns that are read, not kept."""
    shown = [
        column for column in register.columns if column.on_screen or column.name in {"ended_on", "basis"}
    ]
    shown = shown[:ON_PAPER]
    columns = [RegisterColumn("序号", 12, centred=True)]
    columns += [RegisterColumn(c.heading, c.width_mm, c.centred) for c in shown]
    rows = [
        (number, *(words(item, column) for column in shown)) for number, item in enumerate(items, start=1)
    ]
    render = register_word.render_register if as_word else register_pdf.render_register
    return render(
        title,
        columns,
        [Section("", rows)],
        made_on=made_on,
        author=unit,
        heading=(unit, f"共 {len(rows)} {register.measure}"),
        notes=(note,) if note else (),
    )
