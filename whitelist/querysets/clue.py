"""The door to closed clues: the bureau's staff."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import QuerySet

from whitelist.permissions import may_read_clues


class ClosedClues(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(district_id=user.district_id) if may_read_clues(user) else self.none()
