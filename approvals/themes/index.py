"""Two questions to the words of themes that find what is worth a look among 100,000 titles.

The words are rows in the database: every worker sees what was written, and nothing is built at a start.
Plain SQL that both databases read. How often a term stands in the index is not counted: each row carries its
place among the rows of its term, so that the newest tells. A question follows its rarest terms, up to so many
rows; of a theme too common for this it looks at the newest.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import QuerySet

from .terms import Terms, is_text, is_theme

FOLLOWED = 1_200  # rows that are read for one application
CANDIDATES = 32
NEWEST = 8  # of a theme too common to be followed, at least so many besides
TEXT = 0.25  # a piece of text in common against a pair of characters or a theme
RARE, SCALE = 20, 800  # a term in so many rows weighs 1; from so many on it weighs next to nothing
PACK = 10**12  # two numbers in one

# What is written into these is the table's name and numbers of ours; terms are always parameters.
_SEEN = """
WITH asked(term) AS (VALUES {values})
SELECT asked.term, (
    SELECT MAX(newest.nth) * {pack} + MIN(newest.application_id) FROM (
        SELECT t.nth, t.application_id FROM {table} t WHERE t.district_id = %s AND t.term = asked.term
        ORDER BY t.application_id DESC LIMIT {newest}
    ) newest
) FROM asked
"""
_POSTED = """
WITH asked(place, term, since) AS (VALUES {values})
SELECT asked.place, (
    SELECT {joined} FROM {table} t
    WHERE t.district_id = %s AND t.term = asked.term AND t.application_id >= asked.since
) FROM asked
"""
_ROWS = """
SELECT {columns} FROM {records} record
JOIN {applications} application ON application.id = record.application_id
JOIN {organisations} organisation ON organisation.id = application.organisation_id
WHERE record.application_id IN ({pks})
"""
_BEFORE = """
WITH asked(term) AS (VALUES {values})
SELECT asked.term, (
    SELECT t.nth FROM {table} t
    WHERE t.district_id = %s AND t.term = asked.term AND t.application_id < %s
    ORDER BY t.application_id DESC LIMIT 1
) FROM asked
"""
_JOINED = {
    "sqlite": "GROUP_CONCAT(t.application_id)",
    "postgresql": "STRING_AGG(t.application_id::text, ',')",
}


@dataclass(frozen=True)
class Asked:
    """What one application looks for: its terms among those of its kind."""

    place: int
    terms: Terms


class Seen(NamedTuple):
    """About how many rows a term has, and the oldest application among its newest rows."""

    count: int
    since: int


class Followed(NamedTuple):
    """A term, and from which application on its rows are read; 0 for all of them."""

    term: str
    since: int


Posted = Mapping[Followed, list[int]]


class ThemeTerms(QuerySet):
    """Questions about the index."""

    def likeliest(
        self, district_id: int, asked: Iterable[Asked]
    ) -> tuple[dict[int, list[int]], dict[str, float]]:
        """Place → the applications most worth a look; and how much each term tells. Two queries."""
        wanted = list(asked)
        seen = self._seen(district_id, frozenset().union(*(one.terms for one in wanted)))
        tells = {term: _telling(found.count) for term, found in seen.items()}
        followed = {one.place: _followed(one.terms, seen) for one in wanted}
        posted = self._posted(district_id, {one for ways in followed.values() for one in ways})
        return {place: _likeliest(ways, posted, tells) for place, ways in followed.items()}, tells

    def rows(self, columns: Iterable[str], pks: Iterable[int]) -> list[tuple[Any, ...]]:
        """Columns of ``record``, ``application`` and ``organisation``: the ORM alone would take longer."""
        application = self.model._meta.get_field("application").related_model
        sql = _ROWS.format(
            columns=", ".join(columns),
            records=application._meta.get_field("theme").related_model._meta.db_table,
            applications=application._meta.db_table,
            organisations=application._meta.get_field("organisation").related_model._meta.db_table,
            pks=", ".join(map(str, pks)),
        )
        return self._ask(sql, [])

    def before(self, district_id: int, terms: Iterable[str], application_id: int) -> dict[str, int]:
        """Term → its number of rows up to this application."""
        wanted = sorted(terms)
        if not wanted:
            return {}
        sql = _BEFORE.format(table=self._table, values=_values("(%s)", wanted))
        return {term: nth or 0 for term, nth in self._ask(sql, [*wanted, district_id, application_id])}

    def _seen(self, district_id: int, terms: Terms) -> dict[str, Seen]:
        if not terms:
            return {}
        wanted = sorted(terms)
        values = _values("(%s)", wanted)
        sql = _SEEN.format(table=self._table, values=values, pack=PACK, newest=CANDIDATES)
        rows = self._ask(sql, [*wanted, district_id])
        return {term: Seen(*divmod(packed, PACK)) for term, packed in rows if packed}

    def _posted(self, district_id: int, followed: set[Followed]) -> dict[Followed, list[int]]:
        if not followed:
            return {}
        wanted = sorted(followed)
        values = ", ".join(f"({place}, %s, {since})" for place, (_term, since) in enumerate(wanted))
        joined = _JOINED[connections[self.db].vendor]
        sql = _POSTED.format(table=self._table, values=values, joined=joined)
        rows = self._ask(sql, [*(term for term, _since in wanted), district_id])
        return {wanted[place]: list(map(int, text.split(","))) if text else [] for place, text in rows}

    @property
    def _table(self) -> str:
        return self.model._meta.db_table

    def _ask(self, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with connections[self.db].cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()


def _values(one: str, rows: list[str]) -> str:
    return ", ".join([one] * len(rows))


def _telling(count: int) -> float:
    """The rarer a term the more it tells; 1 for what a score of applications have."""
    return math.log(1 + SCALE / count) / math.log(1 + SCALE / RARE)


def _followed(terms: Terms, seen: Mapping[str, Seen]) -> list[Followed]:
    """The rarest terms in full, as long as there is room; of the themes among the rest the newest."""
    room, ways = FOLLOWED, []
    for term in sorted(terms & seen.keys(), key=lambda term: (seen[term].count, term)):
        room -= seen[term].count
        if room >= 0:
            ways.append(Followed(term, 0))
        elif is_theme(term):
            ways.append(Followed(term, seen[term].since))
    return ways


def _likeliest(ways: Iterable[Followed], posted: Posted, tells: Mapping[str, float]) -> list[int]:
    """What shares most with the question, then the newest on its common themes."""
    total: dict[int, float] = {}
    newest: set[int] = set()
    for way in ways:
        if way.since:
            newest.update(posted[way])
            continue
        weight = tells[way.term] * (TEXT if is_text(way.term) else 1.0)
        for pk in posted[way]:
            total[pk] = total.get(pk, 0.0) + weight
    first = [pk for _total, pk in heapq.nlargest(CANDIDATES, zip(total.values(), total, strict=True))]
    besides = max(NEWEST, CANDIDATES - len(first))
    return first + heapq.nlargest(besides, newest.difference(first))
