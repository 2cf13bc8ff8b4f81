"""How much a worker holds after 1,000 mixed requests, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from jianfu.organisations.states import Role
from tests.benchmarks import place
from tests.benchmarks.bench import Bench, address, client_of, session_key
from tests.benchmarks.clock import Result, measured_pairs, plain_up_to
from whitelist.models import Entry

REQUESTS = 1_000


def worker(bench: Bench) -> Iterator[Result]:
    """Pages alone, and with downloads among them: WeasyPrint and openpyxl stay loaded once they were used."""
    pages, downloads = _mix(bench)
    count = REQUESTS if bench.pairs > 1 else 20
    floor = _resident([["/floor/?anybody=1&bytes=20000", ""]], count)
    for name, mix in (("pages", pages), ("pages and downloads", pages * 5 + downloads)):
        yield measured_pairs(
            f"worker after {count:,} requests, {name}",
            "worker after the bare view",
            [(_resident(mix, count), floor)],
            goal=plain_up_to(130, "MB"),
            unit="MB",
        )


def _mix(bench: Bench) -> tuple[list[list[str]], list[list[str]]]:
    """(path, session) of what staff and visitors ask for in turn: pages, and downloads."""
    large = bench.large
    reviewer = session_key(client_of(large, Role.FIRST_REVIEWER))
    office = session_key(client_of(large, Role.LEDGER_OFFICE))
    number = Entry.objects.filter(district=large.district).values_list("number", flat=True).first()
    code = large.district.code
    pages = [
        (address("approvals:application_list"), reviewer),
        (address("desk"), reviewer),
        (address("approvals:application_list"), reviewer),
        (address("ledger:ledger_detail", 2026), office),
        (address("ledger:secondment_list"), office),
        (address("desk"), office),
        (address("whitelist:public_district", code), ""),
        (address("whitelist:public_entry", code, number), ""),
    ]
    downloads = [
        (address("ledger:ledger_export", 2026, "pdf"), office),
        (address("ledger:ledger_export", 2026, "xlsx"), office),
    ]
    return _existing(pages), _existing(downloads)


def _existing(mix: list[tuple[str | None, str]]) -> list[list[str]]:
    return [[path, session] for path, session in mix if path]


def _resident(mix: list[list[str]], count: int) -> float:
    """The most the worker ever held, in MB."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.worker", str(count)],
        env=place.child_environment(),
        input=json.dumps(mix),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return int(done.stdout) / 1024
