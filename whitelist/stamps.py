"""Has anything that a district's public pages show changed? One value to ask, instead of making the page."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Subquery, Value

from approvals.selectors import last_step
from jianfu.organisations.selectors import districts

from .models import Entry, Release

T = TypeVar("T")

KEPT_SECONDS = 3_600
# How long another process may still show what was just changed; this one forgets at once.
SECONDS = 1
AT_ONCE = 200  # rows of a history that others may write before a transaction ends
# The stamp of a page that may show any district.
EVERYWHERE = "*"
_watched: list[Any] = [Entry, Release]
LISTS = 2 * len(_watched)  # columns, the first ones, that tell of the lists


class Stamps(NamedTuple):
    """``pages`` moves with anything that they show, ``lists`` only with an entry or a release.

    Both are empty for a district that does not exist.
    """

    pages: str
    lists: str


def watch(model: Any) -> None:
    """What public pages show of this tracked model moves every stamp."""
    if model not in _watched:
        _watched.append(model)
        _statement.cache_clear()


def stamp(code: str) -> str:
    """The stamp of the district's pages. At most one query."""
    return _stamps(code).pages


def _stamps(code: str) -> Stamps:
    key = _key(code)
    known: Stamps | None = cache.get(key)
    if known is None:
        known = _read(code)
        cache.set(key, known, SECONDS)
    return known


def remembered(code: str, name: str, make: Callable[[], T]) -> T:
    """What ``make`` said last of the district, from its entries and releases alone, until one is written.

    What else the pages show moves far more often: every step of an application anywhere.
    """
    key, now = f"whitelist.{name}.{code}", _stamps(code).lists
    known: tuple[str, T] | None = cache.get(key)
    if known and known[0] == now:
        return known[1]
    found = make()
    cache.set(key, (now, found), KEPT_SECONDS)
    return found


def forget(code: str) -> None:
    """Something of the district was written."""
    cache.delete_many([_key(code), _key(EVERYWHERE)])


def _key(code: str) -> str:
    return f"whitelist.stamp.{code}"


def _read(code: str) -> Stamps:
    """The district's own row, and the last step of approvals and row of what is watched that anybody wrote
    anywhere.

    A list of inspections is published, and grows by a single item, through steps alone.

    Not ``changed_at``: what is entered afterwards is dated back, and would not move it.
    """
    sql, constants = _statement(code == EVERYWHERE)
    with connection.cursor() as cursor:
        cursor.execute(sql, constants if code == EVERYWHERE else [*constants, code])
        found = cursor.fetchall()
    if not found:
        return Stamps("", "")
    lists = [row[:LISTS] for row in found]
    return Stamps(hashlib.sha256(repr(found).encode()).hexdigest(), repr(lists))


@functools.cache
def _statement(everywhere: bool) -> tuple[str, tuple[Any, ...]]:
    """Written once: that takes Django fifty times as long as the database takes to answer."""
    told = {name: column for model in _watched for name, column in _told(model)}
    rows = districts().annotate(**told, last_step=last_step()).order_by("pk")
    rows = rows if everywhere else rows.filter(code="")
    columns = [field.attname for field in rows.model._meta.concrete_fields]
    sql, constants = rows.values_list(*told, "last_step", *columns).query.sql_with_params()
    return sql, constants if everywhere else constants[:-1]


def _told(model: Any) -> Iterator[tuple[str, Subquery]]:
    """Every write of a tracked row adds one to its history: the last one, and how many the newest are.

    For of two transactions the one that began first may end last.
    """
    rows, name = model.history.order_by(), model._meta.model_name
    last = Subquery(rows.order_by("-history_id").values("history_id")[:1])
    newest = rows.filter(history_id__gt=last - AT_ONCE).values(one=Value(1))
    yield f"last_{name}", last
    yield f"newest_{name}", Subquery(newest.annotate(count=Count("pk")).values("count"))
