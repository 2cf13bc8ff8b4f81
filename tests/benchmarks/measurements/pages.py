"""Pages against the bare view of the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from jianfu.organisations.states import Role
from tests.benchmarks.bench import Bench, address, client_of
from tests.benchmarks.clock import NO_GOAL, Counted, Goal, Missing, Result, compare, ratio_up_to
from tests.benchmarks.floors import bare_client
from tests.benchmarks.generator import Filled
from tests.benchmarks.ledgers import file_to_a_city

FLOOR = "bare view, same bytes"
REQUESTS = 4  # a turn; one request alone is at the mercy of the other users of the machine
SAME_AT_ANY_SIZE = 1.3


def fetch(client: Client, path: str, **headers: str) -> Any:
    answer = client.get(path, headers=headers)
    assert answer.status_code in {200, 304}, (path, answer.status_code)
    return answer


def queries(client: Client, path: str) -> int:
    """How many the page asks once everything that may be remembered is."""
    fetch(client, path)
    with CaptureQueriesContext(connection) as captured:
        fetch(client, path)
    return len(captured)


def page(
    bench: Bench,
    filled: Filled,
    name: str,
    path: str | None,
    role: str | None,
    goal: Goal,
    limit: int = 0,
    *,
    anew: bool = False,
) -> Result:
    """One page against the floor, with its number of queries where that is bounded; ``anew``: each time as
    somebody sees it first, nothing of it remembered."""
    if path is None:
        return Missing(name, "no such page yet")
    client = client_of(filled, role)
    floor = bare_client(filled.users[role or Role.LEADER])
    size = len(fetch(client, path).content)

    def ours() -> None:
        if anew:
            cache.clear()
        fetch(client, path)

    return compare(
        name,
        ours,
        FLOOR,
        lambda: fetch(floor, f"/floor/?bytes={size}"),
        goal=goal,
        pairs=bench.pairs,
        times=REQUESTS,
        remark=f"{size / 1024:.0f} KB",
        queries=Counted(queries(client, path), limit) if limit else None,
    )


def lists(bench: Bench) -> Iterator[Result]:
    path = f"{address('approvals:application_list')}?tab=all"
    staff = Role.FIRST_REVIEWER
    for filled, rows in ((bench.small, min(bench.rows, 1_000)), (bench.large, bench.rows)):
        yield page(bench, filled, f"list of {rows:,} applications", path, staff, ratio_up_to(3), 9)
    yield sizes(bench, "list of applications, large to small", path, staff)


def desks(bench: Bench) -> Iterator[Result]:
    path, staff = address("desk"), Role.FIRST_REVIEWER
    name = f"desk of a reviewer among {bench.rows:,}"
    yield page(bench, bench.small, "desk of a reviewer", path, staff, ratio_up_to(3), 12)
    yield page(bench, bench.large, name, path, staff, ratio_up_to(3), 12)


def ledgers(bench: Bench) -> Iterator[Result]:
    path = address("ledger:ledger_detail", 2026)
    name = "ledger page, 14 rows"
    yield page(bench, bench.large, name, path, Role.LEDGER_OFFICE, ratio_up_to(4), 12)
    yield page(
        bench, bench.large, f"{name}, nothing remembered", path, Role.LEDGER_OFFICE, NO_GOAL, anew=True
    )
    city, path = file_to_a_city(bench.city), address("ledger:city_overview")
    name = f"ledgers of a city's {len(bench.city)} districts"
    yield page(bench, city, name, path, Role.CITY_OFFICE, NO_GOAL, 15)


def sizes(bench: Bench, name: str, path: str | None, role: str | None) -> Result:
    """The same page of the large district against that of the small one."""
    if path is None:
        return Missing(name, "no such page yet")
    large, small = client_of(bench.large, role), client_of(bench.small, role)
    return compare(
        name,
        lambda: fetch(large, path),
        "the small district's",
        lambda: fetch(small, path),
        goal=ratio_up_to(SAME_AT_ANY_SIZE),
        pairs=bench.pairs,
        times=REQUESTS,
    )
