"""What came in at the city: for its office, and for nobody else."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import QuerySet


class CityRows(QuerySet):
    def visible_to(self, user: Any) -> Self:
        if not (user.is_authenticated and user.is_city_office):
            return self.none()
        return self.filter(city_id=user.district_id)
