"""Official documents and registers against the libraries that make them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from unittest import mock

from jianfu.kernel.documents import pdf, xlsx
from jianfu.kernel.documents.form import OfficialForm
from jianfu.kernel.documents.xlsx import RegisterColumn
from tests.benchmarks import floors
from tests.benchmarks.bench import Bench
from tests.benchmarks.clock import Result, compare, plain_up_to, ratio_up_to, speed_from
from tests.kernel.documents.samples import DECLINED, DONE, form, values

REGISTER_ROWS = 10_000
DAY = date(2026, 11, 21)
HEADINGS = ["序号", "事项", "单位", "自", "至", "人数", "学段", "意见", "备注", "次数", "课时", "说明"]


def filled_form() -> OfficialForm:
    return form(done=(DONE, DECLINED), values=values())


def official_pdf(bench: Bench) -> Iterator[Result]:
    ledger = filled_form()
    html, sheets = _last_layout(ledger)
    yield compare(
        "official PDF, 14 rows",
        lambda: pdf.render_form(ledger),
        "bare WeasyPrint, same HTML",
        lambda: floors.bare_pdf(html, sheets),
        goal=ratio_up_to(1.2),
        pairs=min(bench.pairs, 7),
    )


def _last_layout(ledger: OfficialForm) -> tuple[str, list[str]]:
    """The HTML and the style sheets that the printed document came from."""
    with mock.patch.object(pdf, "_laid_out", wraps=pdf._laid_out) as laid_out:
        pdf.render_form(ledger)
    html, sheets = laid_out.call_args.args
    return html, list(sheets)


def official_xlsx(bench: Bench) -> Iterator[Result]:
    ledger = filled_form()
    keys = [column.key for column in ledger.columns if column.key != "subject"]
    plain = [[row.text(key) for key in keys] for row in ledger.rows]
    yield compare(
        "official xlsx, 14 rows",
        lambda: xlsx.render_form(ledger),
        "openpyxl, same words unstyled",
        lambda: floors.plain_workbook(plain),
        goal=plain_up_to(100, "ms"),
        pairs=bench.pairs,
    )


def register_xlsx(bench: Bench) -> Iterator[Result]:
    rows = register_rows(min(bench.rows, REGISTER_ROWS))
    columns = [RegisterColumn(heading) for heading in HEADINGS]
    found = compare(
        f"register xlsx, {len(rows):,} x {len(columns)}",
        lambda: xlsx.render_table("借用教师登记簿", columns, iter(rows), made_on=DAY),
        "openpyxl write-only, unstyled",
        lambda: floors.write_only_workbook(rows),
        goal=speed_from(5),
        pairs=min(bench.pairs, 5),
    )
    yield found


def register_rows(count: int) -> list[list[Any]]:
    """Twelve columns of the kind that registers print."""
    stages = ("小学", "初中", "高中")
    return [
        [n, f"第{n}项消防安全宣讲", "区消防救援支队", date(2026, 9, 1 + n % 30), date(2026, 12, 1 + n % 30),
         n % 7, stages[n % 3], "同意", "—", 0, 1.5, "面向学生开展知识宣讲，现场示范并答疑。"]
        for n in range(count)
    ]  # fmt: skip
