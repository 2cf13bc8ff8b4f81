"""The sessions of today that the schools were told of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from whitelist import stamps
from whitelist.models import Activity, Session
from whitelist.privacy import publishable

from .visits import visits

MOST = 12  # schools that a phone shows before the answer is pushed away


def announced(entry: Any, on: date) -> Iterator[str]:
    """14:00–14:40 第一小学，四年级; one query."""
    rows = Session.objects.known().filter(activity__entry_id=entry.pk, day=on).select_related("school")
    found = list(rows.order_by("begins", "pk"))
    for row in found[:MOST]:
        grades = f"，{publishable(row.grades)}" if row.grades else ""
        yield f"{row.times} {row.school}{grades}"
    if len(found) > MOST:
        yield f"另有 {len(found) - MOST} 所学校，以实施方案为准"


def register() -> None:
    visits.register("activities", announced)
    for model in (Activity, Session):
        stamps.watch(model)
