"""The benchmarks still run: small data, each measurement once. What they find is not asserted here."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from approvals.models import Application
from tests.benchmarks import report
from tests.benchmarks.__main__ import parse
from tests.benchmarks.bench import Bench, fill
from tests.benchmarks.catalogue import MEASUREMENTS
from tests.benchmarks.clock import (
    Counted,
    Measured,
    Missing,
    measured_pairs,
    plain_up_to,
    ratio_up_to,
    speed_from,
)
from tests.benchmarks.generator import fill_district
from tests.benchmarks.place import ROOT, address_of
from whitelist.models import Entry

# These start processes on a database of their own; a run of the benchmarks shows whether they work.
ELSEWHERE = {"memory", "decisions-postgres"}


@pytest.fixture
def bench(db: None, settings: Any) -> Bench:
    settings.ROOT_URLCONF = "tests.benchmarks.urls"
    return fill(20, pairs=1, city=1)


def test_each_measurement_runs(bench: Bench) -> None:
    results = [
        result for name, measure in MEASUREMENTS.items() if name not in ELSEWHERE for result in measure(bench)
    ]
    assert [result.name for result in results if isinstance(result, Measured) and result.ours <= 0] == []
    table = report.table(results).splitlines()
    assert len(table) == len(results) + 2
    assert len({line.count("|") for line in table}) == 1


def test_the_same_seed_fills_the_same(db: None) -> None:
    def filled() -> list[tuple[Any, ...]]:
        with transaction.atomic():
            fill_district(1, applications=20, entries=20)
            rows = [*Application.objects.values_list("title", "state", "due_on", "organisation__name")]
            rows += Entry.objects.values_list("title", "number", "lead_name", "ends_on")
            transaction.set_rollback(True)
        return rows

    first = filled()
    assert len(set(first)) == 40
    assert filled() == first


def test_a_district_has_its_people(db: None) -> None:
    filled = fill_district(2, applications=5, entries=5)
    assert Application.objects.filter(district=filled.district).count() == 5
    assert all(user.has(role) for role, user in filled.users.items())


@pytest.mark.parametrize(
    ("goal", "pairs", "ratio", "met"),
    [
        (ratio_up_to(3), [(6.0, 2.0)], 3.0, True),
        (ratio_up_to(3), [(6.2, 2.0)], 3.1, False),
        (speed_from(5), [(2.0, 10.0)], 5.0, True),
        (speed_from(5), [(2.0, 9.0)], 4.5, False),
        (plain_up_to(100, "ms"), [(100.0, 1.0)], 100.0, True),
        (plain_up_to(100, "ms"), [(101.0, 500.0)], 0.202, False),
    ],
)
def test_a_goal_is_met_at_its_bound(goal: Any, pairs: list[Any], ratio: float, met: bool) -> None:
    found = measured_pairs("it", "its floor", pairs, goal=goal)
    assert found.ratio == pytest.approx(ratio)
    assert found.met is met


def test_too_many_queries_miss_the_goal() -> None:
    pairs = [(1.0, 1.0)]
    kept = measured_pairs("it", "floor", pairs, goal=ratio_up_to(3), queries=Counted(9, 9))
    missed = measured_pairs("it", "floor", pairs, goal=ratio_up_to(3), queries=Counted(10, 9))
    assert kept.met
    assert not missed.met


def test_what_is_missing_says_why() -> None:
    assert report.cells(Missing("a city's ledgers", "no such page yet"))[-1] == "no such page yet"


def test_some_lines_are_renewed_and_the_others_stay() -> None:
    def line(name: str, ours: float, **more: Any) -> Measured:
        return measured_pairs(name, "floor", [(ours, 1.0)], goal=plain_up_to(5, "ms"), **more)

    old = [line("one", 9.0), line("one more", 1.0), line("two", 2.0, remark="as it was")]
    text = "# Results\n\n0 of 0 goals met.\n\n" + report.table(old) + "\n"
    once = report.renewed(text, [line("one", 4.0, remark="now"), line("three", 3.0)], name="a", when="day 1")
    expected = [line("one", 4.0, remark="now"), *old[1:], line("three", 3.0)]
    assert report.table(expected) in once
    assert "4 of 4 goals met." in once
    twice = report.renewed(once, [line("two", 8.0)], name="b", when="day 2")
    again = report.renewed(twice, [line("two", 8.0)], name="b", when="day 3")
    assert "3 of 4 goals met." in again
    assert again.splitlines()[-2:] == [
        "- `a` measured again on day 1",
        "- `b` measured again on day 3",
    ]


def test_the_real_database_is_never_emptied() -> None:
    with pytest.raises(SystemExit, match="BENCH_DATABASE_URL"):
        address_of(
            {"DATABASE_URL": "postgres://jianfu@/jianfu", "BENCH_DATABASE_URL": "postgres://jianfu@/jianfu"}
        )
    with pytest.raises(SystemExit, match="BENCH_DATABASE_URL"):
        address_of({"BENCH_DATABASE_URL": f"sqlite:///{ROOT / 'var' / 'jianfu.sqlite3'}"})
    assert address_of({"DATABASE_URL": "postgres://jianfu@/jianfu"}).endswith("var/benchmarks.sqlite3")


def test_the_options() -> None:
    assert parse(["--full"]).rows == 100_000
    assert parse(["--rows", "300"]).rows == 300
