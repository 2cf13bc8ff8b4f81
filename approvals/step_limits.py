"""Until when a step lasts that begins now."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from jianfu.kernel.policy import Figure, figure_value
from jianfu.organisations.selectors import work_calendar


def last_day(limit: Figure | None, district_id: int, at: datetime) -> date | None:
    """The last day of a step that begins then, in working days; None where nothing limits it."""
    if limit is None:
        return None
    day = timezone.localtime(at).date()
    return work_calendar().add(day, figure_value(limit, district_id, day))
