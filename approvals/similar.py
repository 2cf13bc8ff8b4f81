"""Other applications of the district on the same or a near theme (004 三（二）, R61), whoever hands them in.

Only what was handed in is compared, in the words it was handed in with: a draft is found by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from jianfu.kernel.dates import chinese_date

from .states import STOPPED, State, Term
from .themes import Features, Likeness, features, likeness
from .themes.index import Asked, Candidate, terms_of, word_of
from .themes.likeness import SAME, reasons

# Kinds of matter whose themes are compared: what comes to schools, and what is inspected.
KINDS = frozenset({"campus", "inspection"})
SHOWN = 5
SPARE = 3  # read besides, because some may have been withdrawn
LEFT = frozenset({State.WITHDRAWN, State.MERGED})  # no matter of its own any more
THIS_YEAR = 0.01  # between two that are as near, the one of the same year comes first


class Row(NamedTuple):
    """What is read of a candidate."""

    pk: int
    title: str
    year: int
    term: str
    number: str
    state: str
    starts_on: date | None
    ends_on: date | None
    organisation_id: int
    organisation: str
    short_name: str

    COLUMNS = (
        "application_id", "title", "year", "term", "application__number", "application__state",
        "application__starts_on", "application__ends_on", "application__organisation_id",
        "application__organisation__name", "application__organisation__short_name",
    )  # fmt: skip


@dataclass(frozen=True)
class Similar:
    """Another application; ``score`` from 0 to 1, ``level`` 高度相近 or 相近, ``why`` in words."""

    application_id: int
    title: str
    number: str
    state: str
    organisation_id: int
    organisation: str
    year: int
    term: str
    starts_on: date | None
    ends_on: date | None
    score: float
    level: str
    reason: str
    when: str

    @property
    def state_label(self) -> str:
        return State(self.state).label

    @property
    def tone(self) -> str:
        return "amber" if self.score >= SAME else "grey"

    @property
    def days(self) -> str:
        """2026年3月15日至2026年3月31日; empty where none are written."""
        if self.starts_on is None or self.ends_on is None:
            return ""
        return f"{chinese_date(self.starts_on)}至{chinese_date(self.ends_on)}"

    @property
    def stands(self) -> bool:
        """May still come to the schools, or did."""
        return self.state not in STOPPED

    @property
    def why(self) -> str:
        """主题相同：消防安全；同在2026年春季学期；区消防救援支队"""
        return "；".join(part for part in (self.reason, self.when, self.organisation) if part)


def similar_to(application: Any, limit: int = SHOWN) -> list[Similar]:
    """The nearest of the district, of any unit, year and term; three queries."""
    return similar_to_many([application], limit)[application.pk]


def similar_to_many(applications: Iterable[Any], limit: int = SHOWN) -> dict[int, list[Similar]]:
    """Application → the nearest others; three queries for any number of one district and kind."""
    ours = list(applications)
    answers: dict[int, list[Similar]] = {one.pk: [] for one in ours}
    groups: dict[tuple[int, str], list[Any]] = {}
    for one in ours:
        groups.setdefault((one.district_id, kind_of(one.road)), []).append(one)
    for (district_id, kind), members in groups.items():
        answers |= _nearest(district_id, kind, members, limit)
    return answers


def kind_of(road: str) -> str:
    """进校园, 督查 …: the part of a road's name that its roads share."""
    return road.partition("_")[0]


def compared(application: Any) -> bool:
    """Its kind of matter is read for themes."""
    return kind_of(application.road) in KINDS


def _nearest(district_id: int, kind: str, members: list[Any], limit: int) -> dict[int, list[Similar]]:
    read = {one.pk: features(one.title, one.content) for one in members}
    asked = [Asked(pk, terms_of(found, kind)) for pk, found in read.items()]
    index = members[0]._meta.get_field("theme_terms").related_model.objects
    candidates, tells = index.nearest(district_id, asked)
    weigh = {word_of(term): weight for term, weight in tells.items()}
    kept = limit + SPARE
    near = {one.pk: _near(one, read[one.pk], candidates.get(one.pk, ()), weigh)[:kept] for one in members}
    rows = _rows(members[0], {pk for found in near.values() for _like, pk in found})
    return {
        one.pk: [_similar(one, rows[pk], like) for like, pk in near[one.pk] if pk in rows][:limit]
        for one in members
    }


def _near(
    one: Any, read: Features, candidates: Iterable[Candidate], weigh: Mapping[str, float]
) -> list[tuple[Likeness, int]]:
    """The near ones of the candidates, the nearest first, of those as near the newest."""
    others = (other for other in candidates if other.pk != one.pk)
    compared = ((likeness(read, other.features, weigh), other) for other in others)
    found = [(like, other) for like, other in compared if like.near]
    found.sort(key=lambda pair: (-pair[0].score - THIS_YEAR * (pair[1].year == one.year), -pair[1].pk))
    return [(like, other.pk) for like, other in found]


def _rows(member: Any, pks: set[int]) -> dict[int, Row]:
    if not pks:
        return {}
    records = member._meta.get_field("theme").related_model.objects
    rows = records.filter(pk__in=pks).exclude(application__state__in=LEFT).values_list(*Row.COLUMNS)
    return {row[0]: Row(*row) for row in rows}


def _similar(one: Any, row: Row, like: Likeness) -> Similar:
    return Similar(
        application_id=row.pk,
        title=row.title or "未命名的申请",
        number=row.number,
        state=row.state,
        organisation_id=row.organisation_id,
        organisation=row.short_name or row.organisation,
        year=row.year,
        term=row.term,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        score=round(like.score, 3),
        level=like.words,
        reason=reasons(like, one.title, row.title),
        when=_when(one, row),
    )


def _when(one: Any, row: Row) -> str:
    """同在2026年春季学期, 同在2026年, or the year and term of the other one."""
    year = f"{row.year}年"
    label = "" if row.term in {"", Term.YEAR} else Term(row.term).label
    if row.year != one.year:
        return year + label
    if label and row.term == one.term:
        return f"同在{year}{label}"
    apart = label and one.term not in {"", Term.YEAR}
    return f"同在{year}（{label}）" if apart else f"同在{year}"
