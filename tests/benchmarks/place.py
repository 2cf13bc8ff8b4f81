"""Where it is measured: a database of its own, a pinned day, the house with the floors beside it."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-11-21"


def prepare() -> None:
    """Name the settings and start Django. Raises SystemExit where the real database would be filled."""
    os.environ["DATABASE_URL"] = address_of(os.environ)
    os.environ["JIANFU_TODAY"] = DAY
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jianfu.settings")
    from django.conf import settings

    settings.ROOT_URLCONF = "tests.benchmarks.urls"
    importlib.import_module("jianfu.wsgi")  # as the server starts it


def address_of(environment: Mapping[str, str]) -> str:
    """The database to fill. Raises SystemExit where it is the one that people work in."""
    var = ROOT / "var"
    address = environment.get("BENCH_DATABASE_URL") or f"sqlite:///{var / 'benchmarks.sqlite3'}"
    if address in {environment.get("DATABASE_URL"), f"sqlite:///{var / 'jianfu.sqlite3'}"}:
        raise SystemExit("BENCH_DATABASE_URL is the real database: the benchmarks empty the one they use")
    return address


def child_environment(address: str = "") -> dict[str, str]:
    """For a process of the benchmarks on the same database, or on another one."""
    given = dict(os.environ)
    return {**given, "BENCH_DATABASE_URL": address or given["DATABASE_URL"], "DATABASE_URL": ""}


def empty_database() -> None:
    """A fresh one: the file removed, or every table of the named database dropped, then migrated."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{suffix}").unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    call_command("migrate", verbosity=0)
