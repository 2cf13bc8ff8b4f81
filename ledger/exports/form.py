"""A ledger as the official form of the kernel's documents; every file and the print page print it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import groupby

from jianfu.kernel.documents import form_word, pdf, xlsx
from jianfu.kernel.documents.form import (
    Blank,
    FormGroup,
    FormRow,
    OfficialForm,
    Segment,
    official_columns,
)
from ledger import wording
from ledger.models import Ledger, LedgerRow
from ledger.selectors import figures
from ledger.selectors.closing import form_state
from ledger.selectors.compared import compared_with

FORMATS = ("xlsx", "pdf", "docx")
_PRINTERS = {"xlsx": xlsx.render_form, "pdf": pdf.render_form, "docx": form_word.render_form}


def official_form(ledger: Ledger, on: date) -> OfficialForm:
    """The whole ledger in words; an open year is a draft (草稿), a signed one final (定稿)."""
    rows = list(ledger.rows.prefetch_related("entries", "blanks").order_by("number"))
    last = figures.last_year(ledger)
    figures.bring_up_to_date(ledger, rows, last)
    compared = compared_with(ledger, last)
    grouped = groupby(rows, key=lambda row: (row.group, row.subject))
    return OfficialForm(
        title=ledger.title,
        district=ledger.district.name,
        year=ledger.year,
        columns=official_columns(ledger.columns),
        groups=tuple(FormGroup(subject, tuple(map(form_row, items))) for (_, subject), items in grouped),
        state=form_state(ledger),
        printed_on=on,
        notes=(f"注：{compared}",) if compared else (),
    )


def form_row(row: LedgerRow) -> FormRow:
    blanks = {blank.code: blank.words for blank in row.blanks.all()}
    figures: list[Segment] = [
        piece if isinstance(piece, str) else Blank(piece.words)
        for piece in wording.spoken(row.figures, blanks)
    ]
    return FormRow(
        number=str(row.number),
        task=row.task,
        requirement=row.requirement,
        implementation=wording.implementation(row.entries.all()),
        figures=tuple(figures),
        sections=row.sections_text,
    )


def file_name(ledger: Ledger, extension: str) -> str:
    """云岭区中小学教师减负工作重点任务台账（2026年）.xlsx."""
    return f"{ledger.title}（{ledger.year}年）.{extension}"


def render(ledger: Ledger, extension: str, on: date) -> bytes:
    """The file's bytes; ``extension`` is one of `FORMATS`. Raises DocumentTooLarge, in words."""
    return _PRINTERS[extension](official_form(ledger, on))


def render_paper(ledger: Ledger, on: date, said: Callable[[int], None]) -> bytes:
    """The PDF, telling the number of each page that is begun."""
    return pdf.render_form(official_form(ledger, on), said)


def expected_pages(ledger: Ledger, on: date) -> int:
    """About how many pages the PDF has."""
    return pdf.expected_pages(official_form(ledger, on))
