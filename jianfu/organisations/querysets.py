"""The door to rows of this app: a person sees their own district, and nothing of another."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet


class DistrictRows(QuerySet):
    """Rows that hang on a district by a field named ``district``."""

    def visible_to(self, user: Any) -> Self:
        """Rows of the user's own district; nothing for somebody who is not signed in."""
        return self.filter(district_id=user.district_id) if user.is_authenticated else self.none()


class Memberships(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(person__district_id=user.district_id) if user.is_authenticated else self.none()

    def current(self, on: date) -> Self:
        """In force on the day: ``since`` counts, ``until`` is the last day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)


class Users(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(person__district_id=user.district_id) if user.is_authenticated else self.none()


class Districts(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(pk=user.district_id) if user.is_authenticated else self.none()
