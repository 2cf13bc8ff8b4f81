"""Decisions and saves against what the database must do for them at least."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from approvals import services
from approvals.models import Application
from approvals.states import State
from jianfu.kernel import trail
from jianfu.kernel.workflow import save_tracked
from jianfu.organisations.states import Role
from tests.benchmarks import floors, place
from tests.benchmarks.bench import Bench, client_of
from tests.benchmarks.clock import NO_GOAL, Goal, Measured, Missing, Result, compare, ratio_up_to

SAVES = 10


def decisions(bench: Bench) -> Iterator[Result]:
    """同意，报领导小组, with lock, guards, step, history and event: as a request, and the service alone."""
    by = bench.large.users[Role.FIRST_REVIEWER]
    waiting = iter(_waiting(bench, 2 * (bench.pairs + 1)))
    row = Application.objects.filter(district=bench.large.district).latest("pk")
    client, floor = client_of(bench.large, Role.FIRST_REVIEWER), floors.bare_client(by)
    database = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    yield compare(
        f"one decision as a POST, {database}",
        lambda: _post_decision(client, next(waiting)),
        "bare POST of the same writes",
        lambda: floor.post(f"/floor/decision/{row.pk}/"),
        goal=ratio_up_to(3),
        pairs=bench.pairs,
    )
    yield compare(
        f"one decision, the service alone, {database}",
        lambda: services.perform(application=next(waiting), name="pass_review", by=by, note="拟同意"),
        "raw SQL, same rows written",
        lambda: floors.raw_decision(row.pk),
        goal=NO_GOAL,
        pairs=bench.pairs,
    )


def _post_decision(client: Client, row: Application) -> None:
    said = {"transition": "pass_review", "note": "拟同意", "version": row.version}
    answer = client.post(reverse("approvals:application_act", args=[row.pk]), said)
    assert answer.status_code == 302, answer.status_code


def _waiting(bench: Bench, count: int) -> list[Application]:
    """Applications put before the reviewer, past the workflow: this is filling, not measuring."""
    rows = Application.objects.filter(district=bench.large.district).order_by("pk")
    chosen = list(rows.values_list("pk", flat=True)[:count])
    assert len(chosen) == count, "too few rows for so many pairs"
    rows.filter(pk__in=chosen).update(state=State.APPRAISED)
    return list(rows.filter(pk__in=chosen))


def saves(bench: Bench) -> Iterator[Result]:
    """Ten saves in one transaction: the commit, the same for both, is left out."""
    by = bench.large.users[Role.FIRST_REVIEWER]
    row = Application.objects.filter(district=bench.large.district).latest("pk")
    yield compare(
        "save with history and event",
        lambda: _tracked(row, by),
        "plain save()",
        lambda: _plain(row),
        goal=ratio_up_to(4),
        pairs=bench.pairs,
        remark=f"{SAVES} saves",
    )


def _tracked(row: Application, by: Any) -> None:
    with transaction.atomic():
        for _ in range(SAVES):
            save_tracked(row, by=by, reason="测量")
            trail.record(action="application.edited", target=row, by=by)


def _plain(row: Application) -> None:
    row.skip_history_when_saving = True
    try:
        with transaction.atomic():
            for _ in range(SAVES):
                row.save()
    finally:
        del row.skip_history_when_saving


def decisions_on_postgres(bench: Bench) -> Iterator[Result]:
    """The same in a PostgreSQL of our own, in a process of its own: a database is chosen at start."""
    name = "one decision, PostgreSQL"
    from jianfu.launch.cluster import temporary_cluster
    from jianfu.launch.debian import find_postgres

    if connection.vendor == "postgresql":
        return
    tools = find_postgres()
    if tools is None:
        yield Missing(name, "no PostgreSQL on this machine")
        return
    with temporary_cluster(tools, durable=True) as address:
        words = ["--only", "decisions", "--rows", "200", "--pairs", str(bench.pairs), "--json"]
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks", *words],
            env=place.child_environment(address),
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
    for line in json.loads(done.stdout):
        goal = Goal(**line.pop("goal"))
        spread = tuple(line.pop("spread"))
        yield Measured(**{**line, "goal": goal, "spread": spread, "remark": "a cluster of its own"})
