"""The files of a year that may be long: the official form, and the 报送包 with two of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import IO, Any

from django.db.models import Sum
from django.db.models.functions import Length

from jianfu.kernel import dates
from jianfu.kernel.decisions import require
from jianfu.kernel.exchange import key_of
from jianfu.kernel.exports import Export, Facts, Said
from ledger.models import Ledger
from ledger.permissions.city import may_package
from ledger.permissions.form import may_export
from ledger.services.package import PAPER, WORKBOOK, build_package

from . import form

KIND = "year"
PACKAGE = "package"
LONG_TEXT = 8_000  # characters of 落实情况; a PDF of 1,000 takes a quarter of a second of a core


def maker(about: Mapping[str, str], by: Any) -> Export | None:
    """``about``: year, and file: one of `form.FORMATS` or `PACKAGE`."""
    rows = Ledger.objects.visible_to(by).select_related("district", "template")
    ledger = rows.filter(year=key_of(about.get("year", ""))).first()
    name = about.get("file", "")
    if ledger is None:
        return None
    if name == PACKAGE:
        return _package(ledger, by)
    return _form(ledger, name, by) if name in form.FORMATS else None


def _form(ledger: Ledger, extension: str, by: Any) -> Export:
    require(may_export(ledger, by))
    today = dates.today()
    pages = _expected(ledger, today) if extension == "pdf" else 0

    def write(out: IO[bytes], said: Said) -> Facts:
        out.write(_paper(ledger, today, pages, said) if pages else form.render(ledger, extension, today))
        said(pages or 1)
        return {"format": extension}

    return Export(
        title=form.file_name(ledger, extension).removesuffix(f".{extension}"),
        extension=extension,
        total=pages or 1,
        measure="页左右" if pages else "份",
        stages=("已排",) if pages else ("已写",),
        write=write,
        action="ledger.export",
        is_long=bool(pages),
    )


def _package(ledger: Ledger, by: Any) -> Export:
    """The workbook, each page of the paper, and the signed archive are a step each."""
    require(may_package(ledger, by))
    today = dates.today()
    pages = _expected(ledger, today)

    def write(out: IO[bytes], said: Said) -> Facts:
        files = {WORKBOOK: form.render(ledger, "xlsx", today)}
        said(1)
        files[PAPER] = _paper(ledger, today, pages, lambda page: said(page + 1))
        said(pages + 1)
        out.write(build_package(ledger=ledger, files=files, by=by))
        said(pages + 2)
        return {"year": ledger.year}

    return Export(
        title=f"{ledger.district.name}{ledger.year}年教师减负台账报送包{today:%Y%m%d}",
        extension="zip",
        total=pages + 2,
        measure="步左右",
        stages=("已做",),
        write=write,
        action="ledger.package_taken",
        is_long=bool(pages),
    )


def _paper(ledger: Ledger, today: date, pages: int, said: Said) -> bytes:
    """A page is done when the next one is begun; how many there are is only expected, and the last one is
    done with the file. Of a short one nothing is told."""
    if not pages:
        return form.render(ledger, "pdf", today)
    return form.render_paper(ledger, today, lambda begun: said(min(begun, pages) - 1))


def _expected(ledger: Ledger, today: date) -> int:
    """About how many pages the PDF will have; 0 of one that is short."""
    length = ledger.rows.aggregate(length=Sum(Length("implementation")))["length"] or 0
    return form.expected_pages(ledger, today) if length > LONG_TEXT else 0
