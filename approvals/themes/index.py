"""The words of themes as rows, and the two questions that find candidates among 100,000 titles.

The rows live in the database: every worker sees what was written, at once, and nothing is built at a start.
Plain SQL that both databases read: a common term is not followed to its end, only to the newest `COMMON`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import QuerySet

from .features import Features

COMMON = 400  # a term of more rows than this tells little; only a theme's newest so many are looked at
CANDIDATES = 16
WEAK = 0.3  # a theme this weak in the whole is no way to find something
THEME = 2.0  # a theme in common against a pair of characters in common
LENGTH = 24
SCOPES = 2
TEXT = 0.5  # a piece of text in common
USUAL = 20
NEWEST = 0.05  # to be among the newest of a common theme must not outweigh a rare word in common
PACK = 10**12  # two numbers from one question

# What is written into these is the table's name and numbers of ours; terms are always parameters.
_COUNTED = """
WITH asked(term) AS (VALUES {values})
SELECT asked.term, (
    SELECT COUNT(*) * {pack} + MIN(newest.application_id) FROM (
        SELECT t.application_id FROM {table} t WHERE t.district_id = %s AND t.term = asked.term
        ORDER BY t.application_id DESC LIMIT {common}
    ) newest
) FROM asked
"""
_BEST = """
WITH asked(place, term, weight, since) AS (VALUES {values})
SELECT ranked.place, ranked.application_id, record.year, record.features FROM (
    SELECT place, application_id,
        ROW_NUMBER() OVER (PARTITION BY place ORDER BY total DESC, application_id DESC) AS rank
    FROM (
        SELECT asked.place, t.application_id, SUM(asked.weight * t.weight) AS total
        FROM asked CROSS JOIN {table} t
        WHERE t.district_id = %s AND t.term = asked.term AND t.application_id >= asked.since
        GROUP BY asked.place, t.application_id
    ) summed
) ranked JOIN {records} record ON record.application_id = ranked.application_id
WHERE ranked.rank <= {candidates}
"""

# term of the index → how much it weighs
Terms = dict[str, float]


@dataclass(frozen=True)
class Asked:
    """What one application looks for: its terms among those of its kind."""

    place: int
    terms: Terms


def terms_of(found: Features, kind: str) -> Terms:
    """What is written to the index, and looked for in it. ``kind`` keeps matters of another kind apart.

    A pair of characters is looked for among what is on the same theme: of 消防 in 白马 there is little,
    of either alone there is much.
    """
    letter = kind[:1]
    terms = {f"{letter}={key}": THEME * w for key, w in found.themes.items() if w >= WEAK}
    for scope in sorted(found.named)[:SCOPES] or [""]:
        terms |= {f"{letter}{scope}:{pair}"[:LENGTH]: 1.0 for pair in found.pairs}
    return terms | {f"{letter}#{shingle}": TEXT for shingle in found.sketch}


def word_of(term: str) -> str:
    """The pair of characters or the piece of text of a term; empty for a theme."""
    return term[2:] if term[1] == "#" else term.partition(":")[2]


class Candidate(NamedTuple):
    """An application worth a look."""

    pk: int
    year: int
    features: Features


class ThemeTerms(QuerySet):
    """Questions about the index."""

    def nearest(
        self, district_id: int, asked: Iterable[Asked]
    ) -> tuple[dict[int, list[Candidate]], dict[str, float]]:
        """Place → the applications most worth a look; and how much each term tells. Two queries."""
        wanted = list(asked)
        seen = self._counted(district_id, {term for one in wanted for term in one.terms})
        tells = {term: _telling(count) for term, (count, _oldest) in seen.items()}
        rows = [row for one in wanted for row in _chosen(one, seen, tells)]
        return (self._best(district_id, rows) if rows else {}), tells

    def _counted(self, district_id: int, terms: set[str]) -> dict[str, tuple[int, int]]:
        """Term → how many rows it has, `COMMON` at most, and the oldest application among these."""
        if not terms:
            return {}
        values = ", ".join(["(%s)"] * len(terms))
        sql = _COUNTED.format(table=self._table, values=values, common=COMMON, pack=PACK)
        rows = self._ask(sql, [*sorted(terms), district_id])
        return {term: divmod(packed, PACK) for term, packed in rows if packed}

    def _best(self, district_id: int, rows: list[tuple[int, str, float, int]]) -> dict[int, list[Candidate]]:
        values = ", ".join(f"({place}, %s, {weight:.4f}, {since})" for place, _, weight, since in rows)
        terms = [term for _place, term, _weight, _since in rows]
        application = self.model._meta.get_field("application").related_model
        records = application._meta.get_field("theme").related_model._meta.db_table
        sql = _BEST.format(table=self._table, records=records, values=values, candidates=CANDIDATES)
        found: dict[int, list[Candidate]] = {}
        for place, pk, year, text in self._ask(sql, [*terms, district_id]):
            found.setdefault(place, []).append(Candidate(pk, year, Features.from_data(json.loads(text))))
        return found

    @property
    def _table(self) -> str:
        return self.model._meta.db_table

    def _ask(self, sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
        with connections[self.db].cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()


def _telling(count: int) -> float:
    """The rarer a term the more it tells; 1 for what a score of applications have."""
    return math.log(1 + 2 * COMMON / count) / math.log(1 + 2 * COMMON / USUAL)


def _chosen(
    one: Asked, seen: Mapping[str, tuple[int, int]], tells: Mapping[str, float]
) -> Iterable[tuple[int, str, float, int]]:
    """Rare terms in full; of a common one only a theme's newest rows."""
    for term, weight in one.terms.items():
        count, oldest = seen.get(term, (0, 0))
        common = count >= COMMON
        if count and not common:
            yield one.place, term, weight * tells[term], 0
        elif count and term[1] == "=":
            yield one.place, term, weight * tells[term] * NEWEST, oldest
