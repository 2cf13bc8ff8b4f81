"""The register that is measured. As a program, `python -m tests.benchmarks.paper ROWS`, it is written as PDF
in a process that does nothing else, and the megabytes are printed that it held at the most."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from jianfu.kernel.documents.register import RegisterColumn
from jianfu.kernel.documents.register_pdf import Section, write_register

DAY = date(2026, 11, 21)
HEADINGS = ["序号", "事项", "单位", "自", "至", "人数", "学段", "意见", "备注", "次数", "课时", "说明"]


def register_rows(count: int) -> list[list[Any]]:
    """Twelve columns of the kind that registers print."""
    stages = ("小学", "初中", "高中")
    return [
        [n, f"第{n}项消防安全宣讲", "区消防救援支队", date(2026, 9, 1 + n % 30), date(2026, 12, 1 + n % 30),
         n % 7, stages[n % 3], "同意", "—", 0, 1.5, "面向学生开展知识宣讲，现场示范并答疑。"]
        for n in range(count)
    ]  # fmt: skip


def write_paper(out: Any, count: int) -> None:
    """Rows come one by one, so that even a short one is drawn, not set."""
    paper_of(out, (tuple(map(str, row)) for row in register_rows(count)))


def paper_of(out: Any, rows: Iterable[tuple[str, ...]]) -> None:
    columns = [RegisterColumn(heading) for heading in HEADINGS]
    write_register(out, "借用教师登记簿", columns, [Section("", rows)], made_on=DAY)


if __name__ == "__main__":
    import jianfu.settings  # noqa: F401  prepares the fonts

    with tempfile.TemporaryFile() as file:
        write_paper(file, int(sys.argv[1]))
    # Not getrusage: what the parent held before it began this process counts there, too.
    told = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    sys.stdout.write(f"{int(told[1]) / 1024 if told else 0:.1f}\n")
