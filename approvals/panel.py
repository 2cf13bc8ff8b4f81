"""What the office looks at when it asks experts: who they are, what they owe, how a panel is mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q

from jianfu.kernel.policy import Finding, examine
from jianfu.kernel.workflow import NOTE_LIMIT
from jianfu.organisations.selectors import experts, holders
from jianfu.organisations.states import Role

from . import permissions
from .distribution import Seat, Wanted, best
from .models import Application, Assignment
from .rules.panel import PANEL_RULES
from .states import Conclusion


@dataclass(frozen=True)
class Registry:
    """The panel of a district on a day: its people, their category, and how many sheets each owes."""

    people: list[Any]
    categories: dict[int, str]
    owed: dict[int, int]

    @property
    def seats(self) -> list[Seat]:
        return [Seat(p.pk, self.categories.get(p.pk, ""), self.owed.get(p.pk, 0)) for p in self.people]


def registry(district_id: int, on: date) -> Registry:
    """Three queries for any number of experts."""
    people = list(experts(district_id, on))
    categories = {row.person_id: row.category for row in holders(district_id, [Role.EXPERT], on)}
    people.sort(key=lambda person: (categories.get(person.pk, ""), person.name, person.pk))
    rows = Assignment.objects.owed().filter(application__district_id=district_id).order_by()
    owed = dict(rows.values_list("expert_id").annotate(Count("pk")))
    return Registry(people, categories, owed)


def mix(application: Application, categories: Iterable[str], on: date) -> list[Finding]:
    """What is to be said about the panel's composition."""
    facts = {"categories": list(categories)}
    return examine(PANEL_RULES, facts, district_id=application.district_id, on=on)


@dataclass(frozen=True)
class Line:
    """One expert as the page 指派专家 prints it."""

    person: Any
    category: str
    owed: int
    decision: Any
    row: Assignment | None
    spare: Any = None  # whom to ask instead of somebody who is recused and not yet replaced

    @property
    def recused(self) -> bool:
        return bool(self.row and self.row.recused_at)

    @property
    def answered(self) -> bool:
        return self.row is not None and handed_in(self.row)


def lines(application: Application, known: Registry) -> list[Line]:
    """Those who may be asked first; each with category, load, whether asked, and why not."""
    rows = {row.expert_id: row for row in _rows(application)}
    decisions = permissions.may_be_asked_all(application, known.people)
    spares = _spares(application, known, rows, decisions)
    found = [
        Line(
            person,
            known.categories.get(person.pk, ""),
            known.owed.get(person.pk, 0),
            decisions[person.pk],
            rows.get(person.pk),
            spares.get(person.pk),
        )
        for person in known.people
    ]
    return sorted(found, key=lambda line: (not line.decision, line.category, line.person.name))


def _rows(application: Application) -> Iterable[Assignment]:
    """The last word on each expert: who was recused on an earlier version stays so."""
    rows = application.assignments.select_related("opinion").order_by("content_version")
    return [row for row in rows if row.recused_at or row.content_version == application.content_version]


def _spares(
    application: Application, known: Registry, rows: dict[int, Assignment], decisions: dict[int, Any]
) -> dict[int, Any]:
    """Expert who was asked, is recused and not replaced yet → whom to ask instead."""
    now = [row for row in rows.values() if row.content_version == application.content_version]
    left = unreplaced(now)
    if not left:
        return {}
    barred = frozenset(pk for pk, decision in decisions.items() if not decision)
    asked = frozenset(row.expert_id for row in now if not row.recused_at)
    chosen = best(Wanted(application.pk, 1, barred, asked), known.seats)
    people = {person.pk: person for person in known.people}
    return {row.expert_id: people[chosen] for row in left if chosen is not None}


def unreplaced(rows: Iterable[Assignment]) -> list[Assignment]:
    """Of one version's panel those who were asked, stepped aside, and were not replaced since."""
    asked = [row for row in rows if not row.recused_at or row.assigned_at < row.recused_at]
    left = sorted((row for row in asked if row.recused_at), key=lambda row: row.recused_at)
    if not left:
        return []
    # Who came instead and stepped aside as well has filled one seat and left one.
    return left[sum(row.assigned_at > left[0].recused_at for row in asked) :]


def given(district_id: int, year: int) -> dict[int, tuple[int, Any]]:
    """Person → how many opinions were handed in this year, and when the last one ever was; one query."""
    rows = Assignment.objects.filter(application__district_id=district_id).order_by()
    rows = rows.filter(opinion__submitted_at__isnull=False)
    counted = rows.values("expert_id").annotate(
        count=Count("pk", filter=Q(opinion__submitted_at__year=year)), last=Max("opinion__submitted_at")
    )
    return {row["expert_id"]: (row["count"], row["last"]) for row in counted}


def asked(application: Application, by: Any) -> list[Assignment]:
    """Who sits on the panel of the present content, as far as the person may see it."""
    rows = Assignment.objects.visible_to(by).counting().filter(application=application)
    rows = rows.filter(content_version=application.content_version)
    return list(rows.select_related("expert__organisation", "opinion").prefetch_related("opinion__items"))


def handed_in(row: Assignment) -> bool:
    return bool(getattr(getattr(row, "opinion", None), "submitted_at", None))


def sheets(application: Application, by: Any) -> list[Assignment]:
    return [row for row in asked(application, by) if handed_in(row)]


def drafted(opinions: Iterable[Any]) -> str:
    """Raw material for the one opinion: what was said, without who said it or in which order.

    Whole sentences up to the length that an opinion may have; the sheets themselves stand above it.
    """
    given = list(opinions)
    if not given:
        return ""
    tally = Counter(opinion.get_conclusion_display() for opinion in given)
    counted = "，".join(f"{label} {tally[label]} 人" for label in Conclusion.labels if tally[label])
    notes = {f"{item.get_point_display()}：{item.note}" for o in given for item in o.items.all() if item.note}
    comments = {opinion.comment.strip() for opinion in given} - {""}
    lines = [f"专家组 {len(given)} 人审阅申请材料并讨论，{counted}。", *sorted(comments), *sorted(notes)]
    text = ""
    for line in lines:
        longer = f"{text}\n{line}" if text else line
        text = longer if len(longer) <= NOTE_LIMIT else text
    return text
