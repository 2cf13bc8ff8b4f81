"""What the rules must know of the rows beside an item: other forms, other exams."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from ledger.models import Duty, ReportForm
from ledger.querysets.register import begun
from ledger.states import DutyKind

ALIKE_FROM = 2  # fields in common; one alone, the school's name, is in every form
MOST = 500  # forms looked through


def forms_alike(form: ReportForm) -> dict[str, Any]:
    """The district's other forms that ask for the same things, most in common first (R71)."""
    mine = set(form.field_names)
    if len(mine) < ALIKE_FROM:
        return {}
    rows = ReportForm.objects.filter(district_id=form.district_id, ended_on__isnull=True).valid()
    found = []
    for other in rows.exclude(pk=form.pk).exclude(asked_for="").order_by("-pk")[:MOST]:
        both = [name for name in other.field_names if name in mine]
        if len(both) >= ALIKE_FROM:
            found.append((other.name, both))
    return {"overlaps": sorted(found, key=lambda pair: -len(pair[1]))}


def exams_at_schools(duty: Duty) -> dict[str, Any]:
    """The year's exams of each school that this one is held at (B5)."""
    if duty.kind != DutyKind.EXAM or duty.pk is None:
        return {}
    year = duty.begun_on.year
    rows = Duty.objects.filter(district_id=duty.district_id, kind=DutyKind.EXAM).valid().filter(begun(year))
    mine = duty.schools.values("pk")
    counted = rows.filter(schools__in=mine).values("schools__name").annotate(count=Count("pk", distinct=True))
    return {"exam_counts": list(counted.order_by("-count").values_list("schools__name", "count"))}
