"""Files that come in: reading a long list apart from the server, and refusing what is no list."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from openpyxl import load_workbook

from jianfu.kernel.documents import reading
from jianfu.kernel.intake import targets
from jianfu.organisations.states import Role
from tests.benchmarks import floors
from tests.benchmarks.bench import Bench
from tests.benchmarks.clock import Result, compare, plain_up_to, ratio_up_to
from tests.benchmarks.measurements.documents import REGISTER_ROWS
from tests.benchmarks.paper import register_rows

BOMB_BYTES = 300_000_000


def uploads(bench: Bench) -> Iterator[Result]:
    """With the start of the reading process and the way of every cell through its pipe."""
    rows = register_rows(min(bench.rows, REGISTER_ROWS))
    content = floors.write_only_workbook(rows)
    pairs = min(bench.pairs, 5)
    yield compare(
        f"reading an upload, {len(rows):,} x 12",
        lambda: _read(content),
        "openpyxl read-only, in the server itself",
        lambda: _read_plainly(content),
        goal=ratio_up_to(3),
        pairs=pairs,
    )
    yield _preview(bench, pairs)
    bomb = _bomb()
    yield compare(
        "refusing a zip bomb of 300 MB",
        lambda: _refused(bomb),
        "reading 1 row",
        lambda: _read(floors.write_only_workbook(rows[:1])),
        goal=plain_up_to(5_000, "ms"),
        pairs=pairs,
    )


def _preview(bench: Bench, pairs: int) -> Result:
    """Every row through the register's own form, as on its page."""
    rows = _reuses(min(bench.rows, REGISTER_ROWS))
    content = floors.write_only_workbook(rows)
    by = bench.large.users[Role.SECTION_CLERK]
    target = targets["register"]
    register = target.find("reuses", by)
    return compare(
        f"preview of a register, {len(rows) - 1:,} rows",
        lambda: target.read(register, _read(content), by),
        "openpyxl read-only, reading alone",
        lambda: _read_plainly(content),
        goal=ratio_up_to(3),
        pairs=min(pairs, 3),
    )


def _reuses(count: int) -> list[list[Any]]:
    head = ["名称", "要数据的单位", "数据来自", "提供日期", "减少报送次数", "计算依据", "备注"]
    day = date(2026, 3, 1)
    return [
        head,
        *([f"第{n}次共享", "区统计局", "学籍系统", day, n % 9, "会议纪要", ""] for n in range(count)),
    ]


def _read(content: bytes) -> reading.Book:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        return reading.read(file, "list.xlsx")


def _read_plainly(content: bytes) -> None:
    book = load_workbook(io.BytesIO(content), read_only=True)
    for _row in book.worksheets[0].iter_rows(values_only=True):
        pass


def _refused(content: bytes) -> None:
    try:
        _read(content)
    except reading.FileRefused:
        return
    raise AssertionError("a bomb was read")


def _bomb() -> bytes:
    """A sheet of blanks: 300 KB that unpack to 300 MB."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(BOMB_BYTES // 1_000_000):
            part.write(b" " * 1_000_000)
    return out.getvalue()
