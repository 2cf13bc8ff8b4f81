"""The demonstration district for tests that change it: played once a worker, then put back from a copy.

Playing it walks every application through the real services and takes seconds; a copy of its rows and files
takes a moment and is the same. The tests of the loader itself (tests/house/test_demo.py) always play it.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from jianfu.audit import triggers


@dataclass
class Copy:
    """``rows`` is a database in memory (SQLite), or each table as PostgreSQL writes it out."""

    rows: Any
    files: dict[str, bytes] = field(default_factory=dict)


_copies: dict[Any, Copy] = {}


def put_demonstration() -> None:
    """Into an emptied database, outside of a transaction, as it stands on ``settings.JIANFU_TODAY``."""
    day = settings.JIANFU_TODAY
    if day in _copies:
        _put_back(_copies[day])
        return
    call_command("demo", stdout=StringIO())
    media = Path(settings.MEDIA_ROOT)
    files = {str(path.relative_to(media)): path.read_bytes() for path in media.rglob("*") if path.is_file()}
    _copies[day] = Copy(_written_out() if connection.vendor == "postgresql" else _backed_up(), files)


def _put_back(copy: Copy) -> None:
    if connection.vendor == "postgresql":
        _read_in(copy.rows)
    else:
        connection.ensure_connection()
        copy.rows.backup(connection.connection)
    for name, content in copy.files.items():
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _backed_up() -> sqlite3.Connection:
    memory = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(memory)
    return memory


def _tables() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True, include_views=False)


def _written_out() -> dict[str, bytes]:
    found = {}
    for table in _tables():
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as out:
            found[table] = b"".join(bytes(block) for block in out)
    return found


def _read_in(rows: dict[str, bytes]) -> None:
    """Foreign keys are checked at the end of the transaction; the keys go on after the last one."""
    with transaction.atomic(), connection.cursor() as cursor:
        triggers.remove(connection)
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in _tables()))
        for table, block in rows.items():
            with cursor.copy(f'COPY "{table}" FROM STDIN') as into:
                into.write(block)
        models = apps.get_models(include_auto_created=True)
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        triggers.install(connection)
