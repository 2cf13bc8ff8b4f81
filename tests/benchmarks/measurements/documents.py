"""Official documents and registers against the libraries that make them."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from unittest import mock

from jianfu.kernel.documents import pdf, register_pdf, xlsx
from jianfu.kernel.documents.form import OfficialForm
from jianfu.kernel.documents.xlsx import RegisterColumn
from tests.benchmarks import floors, place
from tests.benchmarks.bench import Bench
from tests.benchmarks.clock import Result, compare, measured_pairs, plain_up_to, ratio_up_to, speed_from
from tests.benchmarks.paper import DAY, HEADINGS, paper_of, register_rows, write_paper
from tests.kernel.documents.samples import DECLINED, DONE, form, values

REGISTER_ROWS = 10_000
PAPER_ROWS = (2_000, 10_000)
BASE_ROWS = 100


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
    with mock.patch.object(pdf, "laid_out", wraps=pdf.laid_out) as laid_out:
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


def register_paper(bench: Bench) -> Iterator[Result]:
    """Each against one call of WeasyPrint, which takes minutes."""
    for count in sorted({min(bench.rows, rows) for rows in PAPER_ROWS}):
        html, sheets = _whole_paper(count)
        yield compare(
            f"register PDF, {count:,} x {len(HEADINGS)}",
            lambda count=count: write_paper(io.BytesIO(), count),
            "one WeasyPrint call, same words",
            lambda html=html, sheets=sheets: floors.bare_pdf(html, sheets),
            goal=speed_from(4),
            pairs=1 if count > PAPER_ROWS[0] else min(bench.pairs, 3),
            warm=False,
        )


def register_paper_memory(bench: Bench) -> Iterator[Result]:
    """What a process holds at the most that does nothing else."""
    for count in sorted({min(bench.rows, rows) for rows in PAPER_ROWS}):
        yield measured_pairs(
            f"memory of a register PDF, {count:,} x {len(HEADINGS)}",
            f"the same of {BASE_ROWS:,} rows",
            [(_most_held(count), _most_held(min(count, BASE_ROWS)))],
            goal=plain_up_to(400, "MB"),
            unit="MB",
        )


def _whole_paper(count: int) -> tuple[str, list[str]]:
    """The HTML and the style sheets of the whole register, as short ones are set."""
    with (
        mock.patch.object(register_pdf, "LONG", count + 1),
        mock.patch.object(register_pdf, "render_pages", return_value=b"") as given,
    ):
        paper_of(io.BytesIO(), [tuple(map(str, row)) for row in register_rows(count)])
    return given.call_args.args[0], [pdf.style("page.css"), given.call_args.kwargs["css"]]


def _most_held(count: int) -> float:
    """Megabytes, at the most, of a process that does nothing else."""
    program = [sys.executable, "-m", "tests.benchmarks.paper", str(count)]
    done = subprocess.run(program, cwd=place.ROOT, check=True, capture_output=True, text=True)
    return float(done.stdout)
