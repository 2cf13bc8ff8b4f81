"""The least that Django, the database and the libraries must do: what our pages and documents are held to."""

from __future__ import annotations

import functools
import io
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test import Client, override_settings
from django.views.decorators.csrf import csrf_exempt
from openpyxl import Workbook

from jianfu.organisations.models import User

ROWS, ROW_BYTES = 50, 160
# What `startproject` begins with, and nothing of the house: the floor is not raised by our own load.
BARE_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
_TABLE = (
    "<table>{% for row in rows %}<tr><td>{{ row.0 }}</td><td>{{ row.1 }}</td><td>{{ row.2 }}</td>"
    "<td>{{ row.3 }}</td><td>{{ row.4 }}</td><td>{{ row.5 }}</td></tr>{% endfor %}</table>"
)
_WORDS = "同意" * 100


def bare_client(user: User | None) -> Client:
    """A client whose requests pass `BARE_MIDDLEWARE` only."""
    client = Client(headers={"host": "localhost"})
    if user:
        client.force_login(user)
    with override_settings(MIDDLEWARE=BARE_MIDDLEWARE):
        client.handler.load_middleware()
    return client


@functools.cache
def _template() -> Any:
    return Engine().from_string(_TABLE)  # without the context processors of the house


def bare_view(request: HttpRequest) -> HttpResponse:
    """A session, one query, a template of rows, and as many bytes as asked for (``?bytes=``).

    Fifty rows, or as many as fit into the bytes.
    """
    wanted = int(request.GET.get("bytes", 0))
    assert request.user.is_authenticated or "anybody" in request.GET
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, title, state, due_on, teacher_count, class_hours FROM approvals_application"
            " ORDER BY id DESC LIMIT %s",
            [min(ROWS, wanted // ROW_BYTES)],
        )
        rows = cursor.fetchall()
    content = _template().render(Context({"rows": rows}))
    missing = max(0, wanted - len(content.encode()))
    return HttpResponse(content + "x" * missing)


def not_modified(_request: HttpRequest) -> HttpResponse:
    """A repeated request at its cheapest: 304 and nothing else."""
    return HttpResponse(status=304)


@csrf_exempt
def bare_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """The writes of a decision behind a session, in raw SQL."""
    assert request.user.is_authenticated
    raw_decision(pk)
    return HttpResponse(status=302)


def raw_decision(pk: int) -> None:
    """What one decision costs the database at least: read and change a row, write three, move a head."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT version FROM approvals_application WHERE id = %s{lock}", [pk])
        version = cursor.fetchone()[0]
        cursor.execute("UPDATE approvals_application SET version = %s WHERE id = %s", [version + 1, pk])
        for _ in ("history", "step", "event"):
            cursor.execute("INSERT INTO bench_log (at, words) VALUES (CURRENT_TIMESTAMP, %s)", [_WORDS])
        cursor.execute("UPDATE bench_head SET length = length + 1 WHERE id = 1")


def prepare_log() -> None:
    """The tables that `raw_decision` writes to."""
    key = "INTEGER PRIMARY KEY" if connection.vendor == "sqlite" else "BIGSERIAL PRIMARY KEY"
    with connection.cursor() as cursor:
        for table in ("bench_log", "bench_head"):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(f"CREATE TABLE bench_log (id {key}, at TIMESTAMP, words TEXT)")
        cursor.execute(f"CREATE TABLE bench_head (id {key}, length BIGINT)")
        cursor.execute("INSERT INTO bench_head (length) VALUES (0)")


def write_only_workbook(rows: list[list[Any]]) -> bytes:
    """openpyxl at its fastest: no styles, no widths."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def plain_workbook(rows: list[list[str]]) -> bytes:
    """The same words in an ordinary workbook, unstyled."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bare_pdf(html: str, sheets: list[str]) -> bytes:
    """WeasyPrint on the same HTML and style sheets, once."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    styles = [CSS(string=text, font_config=fonts) for text in sheets if text]
    return HTML(string=html, base_url="data:,").write_pdf(stylesheets=styles, font_config=fonts)


def raw_aggregates(district: int, year: int) -> list[Any]:
    """What the figures of a year must read at least: each register once, by district and year."""
    first, last = f"{year}-01-01", f"{year}-12-31"
    there = "begun_on <= %s AND (ended_on IS NULL OR ended_on >= %s)"
    mine = "district_id = %s AND void_reason = ''"
    asked: list[tuple[str, list[Any]]] = [
        (
            "SELECT COUNT(*) FROM approvals_application WHERE district_id = %s AND year = %s"
            " AND road IN ('inspection_plan', 'inspection_single') AND state IN ('announced', 'recorded')",
            [district, year],
        ),
        ("SELECT COUNT(*) FROM whitelist_entry WHERE district_id = %s AND year = %s", [district, year]),
        (
            "SELECT COUNT(DISTINCT CASE WHEN kind <> 'rotation' AND starts_on <= %s"
            " AND (returned_on IS NULL OR returned_on > %s) THEN teacher_id END),"
            " COUNT(DISTINCT CASE WHEN kind = 'village' AND returned_on BETWEEN %s AND %s"
            " THEN teacher_id END)"
            f" FROM ledger_secondment WHERE {mine}",
            [last, first, first, last, district],
        ),
        (
            "SELECT COUNT(CASE WHEN kind = 'group' AND ended_on BETWEEN %s AND %s THEN 1 END)"
            f" FROM ledger_channel WHERE {mine}",
            [first, last, district],
        ),
        (
            f"SELECT name FROM ledger_duty WHERE {mine} AND kind = 'city' AND {there}",
            [district, last, first],
        ),
        (
            "SELECT COUNT(CASE WHEN ended_on BETWEEN %s AND %s THEN 1 END),"
            " COUNT(CASE WHEN begun_on < %s THEN 1 END), COUNT(CASE WHEN begun_on >= %s THEN 1 END)"
            f" FROM ledger_reportform WHERE {mine} AND {there}",
            [first, last, first, first, district, last, first],
        ),
        (
            f"SELECT SUM(times) FROM ledger_datareuse WHERE {mine} AND begun_on BETWEEN %s AND %s",
            [district, first, last],
        ),
        (
            "SELECT SUM(CASE WHEN kind = 'training' AND NOT is_related THEN people END)"
            f" FROM ledger_gathering WHERE {mine} AND begun_on BETWEEN %s AND %s",
            [district, first, last],
        ),
    ]
    with connection.cursor() as cursor:
        return [cursor.execute(sql, values) and cursor.fetchall() for sql, values in asked]
