"""The files of a year that may be long: the official form, and the 报送包 with two of them."""

from __future__ import annotations

from collections.abc import Mapping
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

    def write(out: IO[bytes], said: Said) -> Facts:
        out.write(form.render(ledger, extension, dates.today()))
        said(1)
        return {"format": extension}

    return Export(
        title=form.file_name(ledger, extension).removesuffix(f".{extension}"),
        extension=extension,
        total=1,
        measure="份",
        write=write,
        action="ledger.export",
        is_long=extension == "pdf" and _is_long(ledger),
    )


def _package(ledger: Ledger, by: Any) -> Export:
    require(may_package(ledger, by))
    today = dates.today()

    def write(out: IO[bytes], said: Said) -> Facts:
        files = {}
        for done, (name, extension) in enumerate(((WORKBOOK, "xlsx"), (PAPER, "pdf")), start=1):
            files[name] = form.render(ledger, extension, today)
            said(done)
        out.write(build_package(ledger=ledger, files=files, by=by))
        said(3)
        return {"year": ledger.year}

    return Export(
        title=f"{ledger.district.name}{ledger.year}年教师减负台账报送包{today:%Y%m%d}",
        extension="zip",
        total=3,
        measure="个文件",
        write=write,
        action="ledger.package_taken",
        is_long=_is_long(ledger),
    )


def _is_long(ledger: Ledger) -> bool:
    return (ledger.rows.aggregate(length=Sum(Length("implementation")))["length"] or 0) > LONG_TEXT
