"""All figures of a ledger's year against one raw aggregate a register."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.models import BlankValue, Ledger
from ledger.selectors import figures
from tests.benchmarks import floors
from tests.benchmarks.bench import Bench
from tests.benchmarks.clock import Counted, Result, compare, ratio_up_to
from tests.benchmarks.registers import fill_registers

YEAR = 2026
QUERIES = 10


def a_years_figures(bench: Bench) -> Iterator[Result]:
    """Last year's numbers are its ledger's, as in every year but the first."""
    count = fill_registers(bench.large, bench.rows)
    ledgers = Ledger.objects.select_related("district", "template")
    ledger = ledgers.get(district=bench.large.district, year=YEAR)
    blanks = list(BlankValue.objects.filter(row__ledger=ledger).order_by("row__number", "position"))
    last = figures.last_year(ledger)

    def ours() -> dict[str, object]:
        return figures.measured(ledger, blanks, last=last, this={})

    with CaptureQueriesContext(connection) as captured:
        found = ours()
    assert found, "no figure could be counted"
    yield compare(
        f"all figures of a year, {count:,} records",
        ours,
        "one raw aggregate a register",
        lambda: floors.raw_aggregates(ledger.district_id, YEAR),
        goal=ratio_up_to(1.5),
        pairs=bench.pairs,
        queries=Counted(len(captured), QUERIES),
        remark=f"{len(found)} figures",
    )
