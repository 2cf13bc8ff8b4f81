"""The long list as it is turned through, searched, and read by other systems."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from django.db import connection
from django.test import Client

from jianfu.kernel import dates
from jianfu.organisations.models import District
from jianfu.organisations.states import Role
from tests.benchmarks.bench import Bench, address, client_of
from tests.benchmarks.clock import NO_GOAL, Counted, Result, compare, ratio_up_to
from tests.benchmarks.floors import bare_client
from tests.benchmarks.measurements.pages import FLOOR, REQUESTS, fetch, queries
from whitelist import stamps

# As many characters as people type, and initials; each is in the name, a unit or the initials of some.
SEARCHED = {"1 character": "防", "2 characters": "消防", "4 characters": "消防安全", "initials": "xfaqyl"}
ASKED = "SELECT {columns} FROM whitelist_entry WHERE district_id = %s AND listed_on <= %s"
ASKED += " AND (removed_on IS NULL OR removed_on > %s) AND ends_on >= %s"
FIELDS = ("title", "lead_name", "joint_names", "number")
COLUMNS = (
    *("number", "title", "lead_name", "joint_names", "starts_on", "ends_on", "frequency", "content"),
    *("delivery", "integration", "stages", "schools", "grades", "basis", "class_hours", "teacher_count"),
    *("exempt", "source_level", "listed_on"),
)


def lists(bench: Bench) -> Iterator[Result]:
    """Not of the pages that are kept: a number of a page with a nought before it never is."""
    name = f"public list of {bench.rows:,}"
    yield turned(bench, f"{name}, made anew after something else was written", "?page=01")
    yield turned(bench, f"{name}, a further page", "?page=02")
    for how, words in SEARCHED.items():
        yield searched(bench, f"{name}, searched for {how}", words)
    yield as_json(bench, f"{name} as JSON")


def turned(bench: Bench, name: str, query: str) -> Result:
    """A page of a list of which no entry was written: what is known of the lists stays known."""
    district, client = bench.large.district, client_of(bench.large, None)
    path = f"{address('whitelist:public_district', district.code)}{query}"
    size = len(fetch(client, path).content)
    floor = bare_client(bench.large.users[Role.LEADER])

    def ours() -> None:
        stamps.forget(district.code)
        fetch(client, path)

    return compare(
        name,
        ours,
        FLOOR,
        lambda: fetch(floor, f"/floor/?bytes={size}"),
        goal=ratio_up_to(2),
        pairs=bench.pairs,
        times=REQUESTS,
        remark=f"{size / 1024:.0f} KB",
    )


def searched(bench: Bench, name: str, words: str) -> Result:
    district, client = bench.large.district, client_of(bench.large, None)
    path = f"{address('whitelist:public_district', district.code)}?q={words}"
    size = len(fetch(client, path).content)
    return compare(
        name,
        lambda: fetch(client, path),
        "raw count and rows, with the bare view",
        _raw_search(district, words, bare_client(bench.large.users[Role.LEADER]), size),
        goal=ratio_up_to(1.5),
        pairs=bench.pairs,
        queries=Counted(queries(client, path), 12),
    )


def _raw_search(district: District, words: str, floor: Client, size: int) -> Callable[[], None]:
    """The same question in SQL: how many, and the first fifty in their order."""
    fields = (*FIELDS, "title_initials") if words.isascii() else FIELDS
    like = "LIKE" if connection.vendor == "sqlite" else "ILIKE"
    where = " OR ".join(f"{field} {like} %s" for field in fields)
    today = dates.today()
    given = [district.pk, today, today, today, *[f"%{words}%"] * len(fields)]

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"{ASKED.format(columns='COUNT(*)')} AND ({where})", given)
            cursor.fetchall()
            rows = f"{ASKED.format(columns='*')} AND ({where}) ORDER BY exempt, number LIMIT 50"
            cursor.execute(rows, given)
            cursor.fetchall()
        fetch(floor, f"/floor/?bytes={size}")

    return ask


def as_json(bench: Bench, name: str) -> Result:
    district, client = bench.large.district, client_of(bench.large, None)
    path = address("whitelist:list_file", district.code, "json")
    size = len(fetch(client, path).content)
    today = dates.today()

    def raw() -> None:
        with connection.cursor() as cursor:
            asked = f"{ASKED.format(columns=', '.join(COLUMNS))} ORDER BY exempt, number"
            cursor.execute(asked, [district.pk, today, today, today])
            rows = [dict(zip(COLUMNS, map(str, row), strict=True)) for row in cursor.fetchall()]
        json.dumps(rows, ensure_ascii=False, indent=1).encode()

    return compare(
        name,
        lambda: fetch(client, path),
        "raw rows written as JSON",
        raw,
        goal=NO_GOAL,
        pairs=min(bench.pairs, 3),
        warm=False,
        remark=f"{size / 1024 / 1024:.0f} MB",
    )
