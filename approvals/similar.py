"""Other applications of the district on the same or a near theme (004 三（二）, R61), whoever hands them in.

Only what was handed in is compared, in the words it was handed in with: a draft is found by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from jianfu.kernel import registry
from jianfu.kernel.dates import chinese_date, school_year

from .states import STOPPED, State, Term
from .themes import Features, Likeness, features, likeness
from .themes.index import Asked
from .themes.likeness import SAME, Weigh, reasons
from .themes.terms import terms_of, word_of

# Kinds of matter whose themes are compared: what comes to schools, and what is inspected.
KINDS = frozenset({"campus", "inspection"})
SHOWN = 5
LEFT = frozenset({State.WITHDRAWN, State.MERGED})  # no matter of its own any more
THIS_YEAR = 0.01  # between two that are as near, the one of the same year comes first


class Row(NamedTuple):
    """What is read of a candidate."""

    pk: int
    features: str
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
        "record.application_id", "record.features", "record.title", "record.year", "record.term",
        "application.number", "application.state", "application.starts_on", "application.ends_on",
        "application.organisation_id", "organisation.name", "organisation.short_name",
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
    asked = {pk: Asked(pk, terms_of(found, kind)) for pk, found in read.items()}
    index = members[0]._meta.get_field("theme_terms").related_model.objects
    candidates, tells = index.likeliest(district_id, asked.values())
    rows = _rows(index, {pk for pks in candidates.values() for pk in pks})
    answers = {}
    for one in members:
        others = (rows[pk] for pk in candidates[one.pk] if pk in rows and pk != one.pk)
        weigh = {word_of(term): tells[term] for term in asked[one.pk].terms & tells.keys()}
        near = _near(one, read[one.pk], others, weigh)[:limit]
        answers[one.pk] = [_similar(one, row, like) for like, row in near]
    return answers


def _near(one: Any, read: Features, others: Iterable[Row], weigh: Weigh) -> list[tuple[Likeness, Row]]:
    """The near ones of the candidates, the nearest first, of those as near the newest."""
    compared = ((likeness(read, Features.from_json(other.features), weigh), other) for other in others)
    found = [(like, other) for like, other in compared if like.near]
    found.sort(key=lambda pair: (-pair[0].rank - THIS_YEAR * (pair[1].year == one.year), -pair[1].pk))
    return found


def _rows(index: Any, pks: set[int]) -> dict[int, Row]:
    """The candidates that are a matter of their own."""
    found = (Row(*row) for row in index.rows(Row.COLUMNS, pks)) if pks else ()
    return {row.pk: row for row in found if row.state not in LEFT}


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
        level=like.level,
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


def removed_before(application: Any, applied_on: date) -> list[tuple[str, str, str, str]]:
    """(“title”（number）, day, public reason, why it is the same matter) of what was taken off a list in the
    school year of the day or the one before. One's own unit's is near, another unit's on the same theme.
    """
    since = date(school_year(applied_on) - 1, 9, 1)
    told = [one for tell in registry.taken_off for one in tell(application.district_id, since)]
    removed = [one for one in told if one.application_id != application.pk]
    if not removed:
        return []
    mine, unit = features(application.title, application.content), application.organisation.name
    found = []
    for one in removed:
        like = likeness(mine, features(one.title, one.content))
        if like.near and (like.score >= SAME or one.unit == unit):
            why = reasons(like, application.title, one.title)
            found.append((f"“{one.title}”（{one.number}）", chinese_date(one.removed_on), one.reason, why))
    return found
