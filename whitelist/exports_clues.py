"""The open clues of a term as a workbook, each with its records and how it is defined."""

from __future__ import annotations

from datetime import date

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.documents.xlsx import RegisterColumn, render_table

from .clues import OpenClue

COLUMNS = (
    RegisterColumn("线索", 20),
    RegisterColumn("涉及", 26),
    RegisterColumn("情况", 60),
    RegisterColumn("日期", 18, centred=True),
    RegisterColumn("记录", 60),
    RegisterColumn("怎样数", 60),
)


def workbook(title: str, kinds: list[OpenClue], *, made_on: date, author: str) -> bytes:
    rows = (
        (
            kind.clue.title,
            found.about,
            found.words,
            chinese_date(found.day),
            "；".join(record.words for record in found.records),
            kind.definition,
        )
        for kind in kinds
        for found in kind.found
    )
    return render_table(title, COLUMNS, rows, made_on=made_on, author=author, name="监测线索")
