"""The pages of everybody: asked again, made anew, and what they weigh on a poor line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.cache import cache

from jianfu.organisations.states import Role
from tests.benchmarks.bench import Bench, address, client_of
from tests.benchmarks.clock import (
    NO_GOAL,
    Counted,
    Goal,
    Measured,
    Missing,
    Result,
    compare,
    plain_up_to,
    ratio_up_to,
    speed_from,
)
from tests.benchmarks.floors import bare_client
from tests.benchmarks.measurements.pages import FLOOR, REQUESTS, fetch, page, queries
from tests.benchmarks.measurements.public_lists import lists
from whitelist.models import Entry

STATIC = settings.BASE_DIR / "jianfu" / "static"
GATE_KB = 30  # goals.md


def public(bench: Bench) -> Iterator[Result]:
    found = _paths(bench)
    for name, path in found.items():
        yield page(bench, bench.large, f"{name}, first request", path, None, ratio_up_to(2))
    for name, path in found.items():
        yield unchanged(bench, f"{name}, unchanged", path)
    for name, path in found.items():
        yield anew(bench, f"{name}, made anew", path, ratio_up_to(2))
    listed = address("whitelist:public_district", bench.large.district.code)
    for name, query in (("narrowed to a unit and a month", _narrowed(bench)), ("searched", "?q=消防")):
        yield anew(bench, f"public list of {bench.rows:,}, {name}", f"{listed}{query}")
    yield from lists(bench)
    for name, path in found.items():
        yield weight(bench, f"{name}, bytes", path)


def _paths(bench: Bench) -> dict[str, str | None]:
    code = bench.large.district.code
    entry = Entry.objects.filter(district=bench.large.district).first()
    return {
        f"public list of {bench.rows:,}": address("whitelist:public_district", code),
        f"public entry among {bench.rows:,}": address("whitelist:public_entry", code, entry.number),
        f"核验 by code among {bench.rows:,}": address("gate:answer", entry.verification_code),
        f"核验 by number among {bench.rows:,}": address("gate:answer_of_district", entry.number, code),
    }


def _narrowed(bench: Bench) -> str:
    entry = Entry.objects.filter(district=bench.large.district).first()
    return f"?lead={entry.lead_name}&month=2026-12"


def unchanged(bench: Bench, name: str, path: str | None) -> Result:
    """A repeated request with what the first answer gave, against the cheapest 304."""
    if path is None:
        return Missing(name, "no such page yet")
    client, floor = client_of(bench.large, None), bare_client(None)
    known = _validators(fetch(client, path))
    answered = fetch(client, path, **known)
    return compare(
        name,
        lambda: fetch(client, path, **known),
        "bare 304",
        lambda: fetch(floor, "/floor/304/"),
        goal=speed_from(0.6),
        pairs=bench.pairs,
        times=4 * REQUESTS,
        remark=f"answers {answered.status_code}",
    )


def _validators(answer: Any) -> dict[str, str]:
    given = {"if-none-match": answer.get("ETag"), "if-modified-since": answer.get("Last-Modified")}
    return {name: value for name, value in given.items() if value}


def anew(bench: Bench, name: str, path: str | None, goal: Goal = NO_GOAL) -> Result:
    """The first request of all, as after every change: nothing of it is remembered."""
    if path is None:
        return Missing(name, "no such page yet")
    client, floor = client_of(bench.large, None), bare_client(bench.large.users[Role.LEADER])
    size = len(fetch(client, path).content)

    def ours() -> None:
        cache.clear()
        fetch(client, path)

    cache.clear()
    asked = queries(client, path) if "?" in path else None
    return compare(
        name,
        ours,
        FLOOR,
        lambda: fetch(floor, f"/floor/?bytes={size}"),
        goal=goal,
        pairs=bench.pairs,
        times=2,
        remark=f"{size / 1024:.0f} KB",
        queries=Counted(asked, 12) if asked is not None else None,
    )


def weight(bench: Bench, name: str, path: str | None) -> Result:
    """What a first visit loads, uncompressed; printed beside its bound, by kind."""
    if path is None:
        return Missing(name, "no such page yet")
    content = fetch(client_of(bench.large, None), path).content
    named = set(re.findall(rf"{re.escape(settings.STATIC_URL)}([^\"']+)", content.decode()))
    sizes = dict.fromkeys(("css", "js", "svg"), 0)
    for each in named:
        sizes[each.rsplit(".", 1)[-1]] += (STATIC / each).stat().st_size
    whole = (len(content) + sum(sizes.values())) / 1024
    parts = ", ".join(f"{kind.upper()} {size / 1024:.1f}" for kind, size in sizes.items())
    goal = plain_up_to(GATE_KB, "KB") if "核验" in name else NO_GOAL
    told = f"HTML {len(content) / 1024:.1f}, {parts} KB, {1 + len(named)} requests"
    return Measured(name, "uncompressed", whole, whole, 1.0, (1.0, 1.0), goal, unit="KB", remark=told)
