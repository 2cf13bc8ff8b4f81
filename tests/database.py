"""The tables every worker begins with: migrated by the first who needs them, copied by the others.

Migrating an empty database takes half a minute of a core. SQLite's is kept under var/ for the next run,
PostgreSQL's in its cluster; anew as soon as a migration, what migrations call, or a package changes.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)
KEPT = ROOT / "var" / "tests"
PACKAGES = ("jianfu", "approvals", "whitelist", "ledger")
IMPORTED = re.compile(
    rf"^\s*(?:from|import) ((?:{'|'.join(PACKAGES)})\b[\w.]*)(?: import (\w+))?", re.MULTILINE
)
PREFIX = "jianfu_migrated_"


def lay_out_migrated_copy() -> None:
    """Django's test runner then finds all migrations applied; on SQLite it must be told to keep the file."""
    with _alone():
        if connection.vendor == "postgresql":
            connection.settings_dict["TEST"]["TEMPLATE"] = _postgres_template()
        else:
            shutil.copyfile(_sqlite_template(), connection.settings_dict["TEST"]["NAME"])


@contextmanager
def _alone() -> Iterator[None]:
    """The workers of one run, and two runs beside each other, wait for the one that migrates."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sqlite_template() -> Path:
    kept = KEPT / f"{digest()}.sqlite3"
    if not kept.exists():
        for older in KEPT.glob("*.sqlite3*"):
            older.unlink()
        making = kept.with_suffix(".sqlite3-making")
        _migrate(f"sqlite:///{making}")
        making.rename(kept)
    return kept


def _postgres_template() -> str:
    name, making = PREFIX + digest(), f"{PREFIX}making"
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [PREFIX + "%"])
        there = {row[0] for row in cursor.fetchall()}
        if name not in there:
            for older in there:
                cursor.execute(f'DROP DATABASE "{older}"')
            cursor.execute(f'CREATE DATABASE "{making}"')
            _migrate(re.sub(r"/[^/?]*(?=\?|$)", f"/{making}", os.environ["DATABASE_URL"], count=1))
            cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


def _migrate(url: str) -> None:
    """In a process of its own, which leaves nothing open: PostgreSQL copies only what nobody uses."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=dict(os.environ, DATABASE_URL=url), check=True)


def emptying_the_filled(postgres: Any) -> list[str]:
    """In any order: foreign keys are judged at the end of the transaction."""
    known = postgres.introspection.django_table_names(only_existing=True, include_views=False)
    tables = [f'"{table}"' for table in known]
    looks = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables)
    with postgres.cursor() as cursor:
        cursor.execute(looks)
        return [f"DELETE FROM {row[0]}" for row in cursor.fetchall()]


def digest() -> str:
    """Of everything that decides what an empty database looks like once it is migrated."""
    migrations = {path for name in PACKAGES for path in (ROOT / name).rglob("migrations/*.py")}
    called = set().union(*map(called_by, migrations))
    content = blake2b(digest_size=8)
    for path in sorted({ROOT / "tests" / "requirements.lock", *migrations, *called}):
        content.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return content.hexdigest()


def called_by(migration: Path) -> set[Path]:
    """``from jianfu.audit import triggers`` may be a name in a module or a module in a package."""
    found = set()
    for module, name in IMPORTED.findall(migration.read_text()):
        place = ROOT.joinpath(*module.split("."))
        choices = (place.with_suffix(".py"), place / "__init__.py", place / f"{name or module}.py")
        found |= {path for path in choices if path.exists()}
    return found
