"""Applications × experts: what is proposed or ticked, who sits already, who must stay out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from jianfu.kernel.policy import Finding

from . import permissions
from .distribution import Wanted, distribute
from .models import Application, Assignment
from .panel import Registry, mix
from .states import SEPARATED, Part


@dataclass(frozen=True)
class Cell:
    """One expert for one application: asked already, may not be asked (why), or proposed."""

    key: str
    person: Any
    asked: bool
    reason: str
    ticked: bool


@dataclass(frozen=True)
class Row:
    application: Application
    cells: list[Cell]
    short: int
    findings: list[Finding]


@dataclass(frozen=True)
class Table:
    """``people``: person, category, sheets owed with those ticked."""

    people: list[tuple[Any, str, int]]
    rows: list[Row]


def table(
    applications: list[Application],
    known: Registry,
    wish: tuple[int, frozenset[str]],
    ticked: Mapping[Application, list[Any]] | None,
    on: date,
) -> Table:
    """The proposal for ``wish`` (how many for each, of which categories), or what was ticked by hand."""
    sitting = _sitting(applications)
    barred = barred_experts(applications, known.people)
    given, short = _given(applications, known, wish, sitting, barred)
    if ticked is not None:
        short = {}
        given = {row.pk: frozenset(person.pk for person in ticked.get(row, ())) for row in applications}
    more = Counter(expert for chosen in given.values() for expert in chosen)
    kinds, owed = known.categories, known.owed
    people = [(p, kinds.get(p.pk, ""), owed.get(p.pk, 0) + more[p.pk]) for p in known.people]
    rows = []
    for row in applications:
        seated = sitting[row.pk]
        cells = [
            Cell(f"{row.pk}-{p.pk}", p, p.pk in seated, barred[row.pk].get(p.pk, ""), p.pk in given[row.pk])
            for p in known.people
        ]
        categories = [kinds.get(expert, "") for expert in given[row.pk] | seated]
        rows.append(Row(row, cells, short.get(row.pk, 0), mix(row, categories, on)))
    return Table(people, rows)


def _given(
    applications: list[Application],
    known: Registry,
    wish: tuple[int, frozenset[str]],
    sitting: dict[int, frozenset[int]],
    barred: dict[int, dict[int, str]],
) -> tuple[dict[int, frozenset[int]], dict[int, int]]:
    """Those of other categories stay in the room, so that the panel's variety is known, but are not asked."""
    count, kinds = wish
    others = {seat.expert for seat in known.seats if kinds and seat.category not in kinds}
    wanted = [
        Wanted(
            row.pk,
            max(count - len(sitting[row.pk]), 0),
            frozenset(barred[row.pk]) | others,
            sitting[row.pk],
        )
        for row in applications
    ]
    proposal = distribute(wanted, known.seats)
    return proposal.given, proposal.short


def _sitting(applications: list[Application]) -> dict[int, frozenset[int]]:
    """Application → who is asked about its present content; one query."""
    found: dict[int, set[int]] = {row.pk: set() for row in applications}
    rows = Assignment.objects.current().counting().filter(application__in=list(found))
    for application, expert in rows.values_list("application_id", "expert_id"):
        found[application].add(expert)
    return {key: frozenset(value) for key, value in found.items()}


def barred_experts(applications: list[Any], experts: list[Any]) -> dict[int, dict[int, str]]:
    """Application → expert who must stay out → why, with as many queries as for one application."""
    prefetch_related_objects(experts, "memberships")
    prefetch_related_objects(applications, "steps", "joint_organisations", "assignments")
    return {row.pk: _barred(row, experts) for row in applications}


def _barred(application: Any, experts: list[Any]) -> dict[int, str]:
    played: dict[int, set[str]] = {application.handler_id: {Part.APPLICANT}}
    for step in application.steps.all():
        if step.part in SEPARATED:
            for person_id in {step.person_id, step.on_behalf_of_id}:
                played.setdefault(person_id, set()).add(step.part)
    involved = {application.organisation_id, *(row.pk for row in application.joint_organisations.all())}
    recused = {row.expert_id: row.recusal_reason for row in application.assignments.all() if row.recused_at}
    found = {
        e.pk: permissions.recusal_of(e, played.get(e.pk, set()) - {Part.EXPERT}, involved, recused)
        for e in experts
    }
    return {pk: decision.text for pk, decision in found.items() if not decision}
