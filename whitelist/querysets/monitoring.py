"""The door to monitoring points and their reports: a school's own, the district's for its staff."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet

from jianfu.organisations.states import Role


class MonitoringRows(QuerySet):
    def visible_to(self, user: Any) -> Self:
        if not user.is_authenticated:
            return self.none()
        rows = self.filter(district_id=user.district_id)
        if user.is_district_staff or user.has(Role.SYSTEM_ADMINISTRATOR):
            return rows
        return rows.filter(school_id__in=user.organisation_ids(Role.SCHOOL))

    def meeting(self, first: date, last: date) -> Self:
        """Points in force on any of the days."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=first), since__lte=last)
