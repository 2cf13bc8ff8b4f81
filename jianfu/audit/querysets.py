from __future__ import annotations

from typing import Any, Self

from django.db.models import QuerySet

from .permissions import may_read


class Events(QuerySet):
    """There is no update and no delete, in Python as in the database."""

    def visible_to(self, user: Any) -> Self:
        """The auditor reads the events of their own district; nobody else reads the trail as such."""
        return self.filter(chain_key=user.district_id) if may_read(user) else self.none()

    def update(self, **_kwargs: Any) -> int:
        raise TypeError("audit events are append-only")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("audit events are append-only")
