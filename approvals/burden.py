"""What 进校园 activities weigh on schools and teachers: for the pages that add it up, a few queries each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from .frequency import rounds
from .models import Application
from .states import DECIDED, State
from .surroundings import stages_of

_COLUMNS = (
    "pk", "title", "category", "state", "starts_on", "ends_on", "stages",
    "organisation__name", "organisation__position", "teacher_count", "minutes", "frequency",
)  # fmt: skip


@dataclass(frozen=True)
class Burden:
    """One activity. ``granted`` False: it was refused. ``teachers`` and ``minutes`` of one round of it;
    ``rounds`` as far as 频次 can be read for certain, else None."""

    pk: int
    title: str
    category: str
    unit: str
    position: int
    granted: bool
    starts_on: date | None
    ends_on: date | None
    teachers: int | None
    minutes: int | None
    stages: frozenset[str]
    rounds: int | None

    @property
    def teacher_turns(self) -> int:
        """人次; what cannot be read comes once."""
        return (self.teachers or 0) * (self.rounds or 1)

    @property
    def person_minutes(self) -> int | None:
        """Teachers × minutes × rounds; None where the form does not say how many or how long."""
        if self.teachers == 0:
            return 0
        if self.teachers is None or self.minutes is None:
            return None
        return self.teacher_turns * self.minutes


def burdens_of_year(user: Any, year: int) -> list[Burden]:
    """Granted and refused activities of the year, as far as the reader may see them; one query."""
    rows = Application.objects.visible_to(user).campus().filter(year=year)
    return _read(rows.filter(state__in=[*DECIDED, State.REJECTED]))


def burdens_between(user: Any, first: date, last: date) -> list[tuple[Burden, frozenset[int]]]:
    """Granted activities that may come in these days, each with the schools chosen one by one (none chosen:
    all of its stages); two queries."""
    rows = Application.objects.visible_to(user).campus().filter(state__in=DECIDED)
    rows = rows.filter(starts_on__lte=last, ends_on__gte=first)
    through = Application.schools.through.objects.filter(application__in=rows.order_by().values("pk"))
    chosen: dict[int, set[int]] = {}
    for pk, school in through.values_list("application_id", "organisation_id"):
        chosen.setdefault(pk, set()).add(school)
    return [(row, frozenset(chosen.get(row.pk, ()))) for row in _read(rows)]


def schools_touched(
    burden: Burden, chosen: frozenset[int], schools: Iterable[tuple[int, str]]
) -> frozenset[int]:
    """Which of the schools (pk, stage) the activity comes to."""
    if chosen:
        return chosen & {pk for pk, _stage in schools}
    return frozenset(pk for pk, stage in schools if stages_of(stage) & burden.stages)


def _read(rows: Any) -> list[Burden]:
    found = rows.order_by("starts_on", "pk").values(*_COLUMNS).distinct()
    return [
        Burden(
            pk=row["pk"],
            title=row["title"],
            category=row["category"],
            unit=row["organisation__name"],
            position=row["organisation__position"],
            granted=row["state"] != State.REJECTED,
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
            teachers=row["teacher_count"],
            minutes=row["minutes"],
            stages=frozenset(row["stages"] or ()),
            rounds=rounds(row["frequency"], row["starts_on"], row["ends_on"]),
        )
        for row in found
    ]
