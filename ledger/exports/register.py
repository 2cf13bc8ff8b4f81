"""A register as a workbook or as a paper: all its columns, the rows as they were filtered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import IO, Any

from django.http import QueryDict

from jianfu.kernel import dates
from jianfu.kernel.decisions import require
from jianfu.kernel.documents import register_pdf, register_word
from jianfu.kernel.documents.register import RegisterColumn, render_table
from jianfu.kernel.documents.register_pdf import Section
from jianfu.kernel.exports import Export, Facts, Said, counted, in_parts
from ledger.forms.register_choice import chosen_rows
from ledger.permissions import register as permissions
from ledger.registers import REGISTERS, Register, cell, reading, words

KIND = "register"
ON_PAPER = 12  # more columns than A4 can hold are left out of the paper, never of the workbook
# What takes about a second of a core, two or three on a busy machine (10,000 rows: 1.1 s as xlsx, 2.0 s as
# PDF); more is made beside the server.
AT_ONCE = {"xlsx": 8_000, "pdf": 4_000, "docx": 2_000}


def maker(about: Mapping[str, str], by: Any) -> Export | None:
    """What a list shows as a file. ``about``: register, extension, query of the list."""
    register, extension = REGISTERS.get(about.get("register", "")), about.get("extension", "")
    if register is None or extension not in AT_ONCE:
        return None
    require(permissions.may_read(by, register))
    asked = QueryDict(about.get("query", ""))
    form, rows, _basis = chosen_rows(by, register, asked)
    rows = reading.in_order(reading.rows_for_list(register, rows), asked.get("sort", ""), register)
    year = form.cleaned_data.get("year") if form.is_valid() else ""
    district, today = by.person.district, dates.today()
    title = f"{district.name}{f'{year}年' if year else ''}{register.label}"
    total = rows.count()
    told = {"title": title, "unit": district.name, "made_on": today}

    def write(out: IO[bytes], said: Said) -> Facts:
        items = in_parts(rows)
        if extension == "xlsx":
            out.write(workbook(register, counted(items, said), **told))
        else:
            paper(out, register, items, extension=extension, total=total, said=said, **told)
        return {"rows": total, "query": about.get("query", "")[:500]}

    return Export(
        title=f"{title}{today:%Y%m%d}",
        extension=extension,
        total=total,
        write=write,
        action=f"register.{register.slug}.exported",
        is_long=total > AT_ONCE[extension],
        measure=register.measure,
        stages=("已读", "已写") if extension == "pdf" else ("已写",),
    )


def workbook(register: Register, items: Iterable[Any], *, title: str, unit: str, made_on: date) -> bytes:
    """Headings as an import expects them; dates and numbers typed, everything else as text."""
    columns = [RegisterColumn(c.heading, c.width_mm, c.centred) for c in register.columns]
    rows = (tuple(cell(item, column) for column in register.columns) for item in items)
    return render_table(title, columns, rows, made_on=made_on, author=unit, name=register.label)


def paper(
    out: IO[bytes],
    register: Register,
    items: Iterable[Any],
    *,
    extension: str,
    total: int,
    title: str,
    unit: str,
    made_on: date,
    said: Said,
) -> None:
    """As PDF or as Word, with 序号 and the columns that are read, not kept."""
    shown = [
        column for column in register.columns if column.on_screen or column.name in {"ended_on", "basis"}
    ]
    shown = shown[:ON_PAPER]
    columns = [RegisterColumn("序号", 12, centred=True)]
    columns += [RegisterColumn(c.heading, c.width_mm, c.centred) for c in shown]
    lines = (
        (number, *(words(item, column) for column in shown))
        for number, item in enumerate(counted(items, said), start=1)
    )
    about = {"made_on": made_on, "author": unit, "heading": (unit, f"共 {total} {register.measure}")}
    write_paper(out, title, columns, lines, extension=extension, total=total, said=said, **about)


def write_paper(
    out: IO[bytes],
    title: str,
    columns: list[RegisterColumn],
    lines: Iterable[tuple[str | int, ...]],
    *,
    extension: str,
    total: int,
    said: Said,
    **about: Any,
) -> None:
    """A PDF of many rows tells of each that it is read and, later, that it is drawn."""
    if extension == "docx":
        out.write(register_word.render_register(title, columns, [Section("", lines)], **about))
        return
    rows = lines if total >= register_pdf.LONG else list(lines)
    sections = [Section("", rows)]
    register_pdf.write_register(
        out, title, columns, sections, said=lambda drawn: said(total + drawn), **about
    )
