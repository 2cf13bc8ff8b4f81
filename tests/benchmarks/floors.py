"""The least that Django, the database and the libraries must do: what our pages and documents are held to."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines

ROWS = 50
_TABLE = (
    "{% for row in rows %}<tr><td>{{ row.0 }}</td><td>{{ row.1 }}</td><td>{{ row.2 }}</td>"
    "<td>{{ row.3 }}</td><td>{{ row.4 }}</td><td>{{ row.5 }}</td></tr>{% endfor %}"
)


def bare_view(request: HttpRequest) -> HttpResponse:
    """A session, one query, a template of 50 rows, and as many bytes as asked for (``?bytes=``)."""
    assert request.user.is_authenticated
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, title, state, due_on, teacher_count, class_hours FROM approvals_application"
            " ORDER BY id DESC LIMIT %s",
            [ROWS],
        )
        rows = cursor.fetchall()
    template = engines["django"].from_string(_TABLE)
    content = template.render({"rows": rows}, request)
    missing = max(0, int(request.GET.get("bytes", 0)) - len(content.encode()))
    return HttpResponse(content + "x" * missing)


def not_modified(_request: HttpRequest) -> HttpResponse:
    """A repeated request at its cheapest: 304 and nothing else."""
    return HttpResponse(status=304)


def raw_decision(table: str, pk: int) -> None:
    """What one decision costs the database at least: read and change a row, add two more."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT version FROM {table} WHERE id = %s", [pk])
        version = cursor.fetchone()[0]
        cursor.execute(f"UPDATE {table} SET version = %s WHERE id = %s", [version + 1, pk])
        for _ in range(2):
            cursor.execute("INSERT INTO bench_log (at, words) VALUES (CURRENT_TIMESTAMP, %s)", ["同意" * 100])


def prepare_log() -> None:
    """The table that `raw_decision` writes to."""
    key = "INTEGER PRIMARY KEY" if connection.vendor == "sqlite" else "BIGSERIAL PRIMARY KEY"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_log")
        cursor.execute(f"CREATE TABLE bench_log (id {key}, at TIMESTAMP, words TEXT)")


def plain_rows(count: int) -> list[list[Any]]:
    """Twelve columns of the kind that registers print."""
    return [
        [
            n,
            f"第{n}项",
            "区消防救援支队",
            "2026-09-01",
            "2026-09-30",
            n % 7,
            "小学",
            "同意",
            "—",
            0,
            1.5,
            "备注",
        ]
        for n in range(count)
    ]
