"""The door to what was said in evaluations, and to 意见建议."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q, QuerySet

from jianfu.organisations.selectors import staff_or_own
from jianfu.organisations.states import Role


def _own(user: Any) -> Q:
    return Q(organisation_id__in=user.organisation_ids(Role.SCHOOL, Role.APPLICANT))


class Voices(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The bureau's staff read all; everybody else what the own unit said, nobody's besides."""
        return staff_or_own(self, user, _own, district="entry__district_id")


class Feedbacks(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """The own unit's; all of the district for its staff."""
        return staff_or_own(self, user, _own)

    def unanswered(self) -> Self:
        return self.filter(answered_at__isnull=True)
