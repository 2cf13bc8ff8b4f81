"""The one table, for the screen and for RESULTS.md."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.db import connection

from .clock import Missing, Result

HEAD = ("what", "ours", "anchor", "ratio", "spread", "goal", "met")
RESULTS = Path(__file__).with_name("RESULTS.md")
_LIBRARIES = ("Django", "django-simple-history", "openpyxl", "weasyprint", "psycopg")


def cells(result: Result) -> tuple[str, ...]:
    if isinstance(result, Missing):
        return (result.name, "—", "—", "—", "—", "—", result.why)
    low, high = result.spread
    more = "; ".join(str(part) for part in (result.remark, result.queries) if part)
    return (
        f"{result.name} ({more})" if more else result.name,
        _amount(result.ours, result.unit),
        f"{_amount(result.anchor, result.unit)} {result.anchor_name}",
        f"{result.ratio:.2f}",
        f"{low:.2f}–{high:.2f}",
        str(result.goal),
        {True: "✓", False: "✗", None: "—"}[result.met],
    )


def _amount(value: float, unit: str) -> str:
    return f"{value:.3g} {unit}" if value < 1_000 else f"{value:,.0f} {unit}"


def table(results: Iterable[Result]) -> str:
    """Markdown, its columns even on a screen."""
    return _even(map(cells, results))


def _even(rows: Iterable[tuple[str, ...]]) -> str:
    lines = [HEAD, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]
    padded = [
        "| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([padded[0], rule, *padded[1:]])


def write(results: list[Result], *, rows: int, pairs: int) -> None:
    met = _goals(map(cells, results))
    RESULTS.write_text(
        "\n".join(
            [
                "# Results of the benchmarks",
                "",
                f"Written by `python -m tests.benchmarks` on {_now()}.",
                f"{rows:,} rows, {pairs} pairs, load average {_load()} at the end. {met}",
                "",
                f"Machine: {_machine()}. Python {platform.python_version()}, {_database()}, {_libraries()}.",
                "",
                "Only the ratios travel to other machines; README.md says what is held against what.",
                "",
                table(results),
                "",
            ]
        ),
        encoding="utf-8",
    )


def write_some(results: list[Result], *, name: str, pairs: int) -> None:
    """Put these lines in the place of their older ones, or at the end, and say when; the others stay."""
    RESULTS.write_text(
        renewed(
            RESULTS.read_text(encoding="utf-8"),
            results,
            name=name,
            when=f"{_now()}, {pairs} pairs, load average {_load()}",
        ),
        encoding="utf-8",
    )


def renewed(text: str, results: list[Result], *, name: str, when: str) -> str:
    """The text of RESULTS.md with these results in it."""
    head, _, rest = text.partition("| what")
    lines, notes = _parted(rest.splitlines()[2:])
    rows = [tuple(cell.strip() for cell in line.strip("|").split(" | ")) for line in lines]
    for result in results:
        new = cells(result)
        places = [n for n, row in enumerate(rows) if f"{row[0]} (".startswith(f"{result.name} (")]
        rows = [*rows[: places[0]], new, *rows[places[0] + 1 :]] if places else [*rows, new]
    again = f"- `{name}` measured again on {when}"
    kept = [note for note in notes if note and not note.startswith(f"- `{name}` ")]
    head = re.sub(r"\d+ of \d+ goals met\.", _goals(rows), head)
    return "\n".join([head + _even(rows), "", *kept, again, ""])


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines of the table, and those after it."""
    rows = [line for line in lines if line.startswith("|")]
    return rows, [line for line in lines if not line.startswith("|")]


def _goals(rows: Iterable[tuple[str, ...]]) -> str:
    met = [row[-1] for row in rows if row[-1] in "✓✗"]
    return f"{met.count('✓')} of {len(met)} goals met."


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def _machine() -> str:
    names = [
        line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")
    ]
    memory = next((line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "0")
    name = names[0] if names else platform.machine()
    return f"{os.cpu_count()} cores ({name}), {int(memory) / 1024**2:.0f} GB, {platform.system()}"


def _lines(path: str) -> list[str]:
    found = Path(path)
    return found.read_text(encoding="utf-8").splitlines() if found.exists() else []


def _database() -> str:
    if connection.vendor == "sqlite":
        from sqlite3 import sqlite_version

        return f"SQLite {sqlite_version}"
    return f"PostgreSQL {connection.pg_version // 10_000}"


def _libraries() -> str:
    return ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
