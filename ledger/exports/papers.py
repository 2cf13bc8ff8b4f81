"""材料: what papers a year has, what each is, and how the ledger's own ones are made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from jianfu.kernel.documents.official import OfficialDocument, render_docx, render_pdf
from jianfu.organisations.selectors import bureau_name
from ledger.models import Ledger
from ledger.selectors.clean_up import cleaned_up
from ledger.selectors.summary import summary_of

from . import clean_up, summary

RENDERERS: dict[str, Callable[[OfficialDocument], bytes]] = {"pdf": render_pdf, "docx": render_docx}


def clean_up_paper(ledger: Ledger, by: Any, on: date) -> OfficialDocument:
    district = ledger.district
    return clean_up.clean_up_report(
        cleaned_up(by, ledger.year),
        year=ledger.year,
        district=district.name,
        bureau=bureau_name(district),
        recipient=district.filing_body,
        on=on,
    )


def summary_paper(ledger: Ledger, by: Any, on: date) -> OfficialDocument:
    return summary.summary_draft(summary_of(ledger, by, on), bureau=bureau_name(ledger.district))


# By the name in the address.
PAPERS: dict[str, Callable[[Ledger, Any, date], OfficialDocument]] = {
    "clean-up": clean_up_paper,
    "summary": summary_paper,
}


def file_stem(document: OfficialDocument, district: str, on: date) -> str:
    """〈单位〉〈表名〉〈日期〉, as offices name their files (domain-facts B8)."""
    title = document.title.removeprefix(district)
    return f"{district}{title}{on:%Y%m%d}"
