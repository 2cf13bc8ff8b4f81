"""The door to what was said in evaluations, and to 意见建议."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import QuerySet

from jianfu.organisations.states import Role


class Voices(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The bureau's staff read all; everybody else what the own unit said, nobody's besides."""
        if not user.is_authenticated:
            return self.none()
        rows = self.filter(entry__district_id=user.district_id)
        if user.is_district_staff:
            return rows
        return rows.filter(organisation_id__in=user.organisation_ids(Role.SCHOOL, Role.APPLICANT))


class Feedbacks(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The own unit's; all of the district for its staff."""
        if not user.is_authenticated:
            return self.none()
        rows = self.filter(district_id=user.district_id)
        if user.is_district_staff:
            return rows
        return rows.filter(organisation_id__in=user.organisation_ids(Role.SCHOOL, Role.APPLICANT))

    def unanswered(self) -> Self:
        return self.filter(answered_at__isnull=True)
