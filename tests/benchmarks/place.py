"""Where it is measured: a database of its own, a pinned day, the house with the floors beside it."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-11-21"


def prepare() -> None:
    """Name the settings and start Django. Raises SystemExit where the real database would be filled."""
    own = f"sqlite:///{ROOT / 'var' / 'benchmarks.sqlite3'}"
    address = os.environ.get("BENCH_DATABASE_URL") or own
    if address == os.environ.get("DATABASE_URL"):
        raise SystemExit("BENCH_DATABASE_URL is DATABASE_URL: the benchmarks empty the database they use")
    os.environ["DATABASE_URL"] = address
    os.environ["JIANFU_TODAY"] = DAY
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jianfu.settings")
    import django
    from django.conf import settings

    settings.ROOT_URLCONF = "tests.benchmarks.urls"
    django.setup()


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
