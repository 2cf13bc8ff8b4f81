"""The door to upper lists: they are public; everybody with an account reads those of the own district."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import QuerySet


class UpperItems(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(district_id=user.district_id) if user.is_authenticated else self.none()
