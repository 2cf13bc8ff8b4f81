"""The records of a closed year are read by whoever reads the ledger."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import QuerySet


class Filings(QuerySet):
    def visible_to(self, user: Any) -> Self:
        if not (user.is_authenticated and user.is_district_staff):
            return self.none()
        return self.filter(ledger__district_id=user.district_id)
