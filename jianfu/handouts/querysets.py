"""Handouts are seen by whom they were made for, and by nobody else."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db.models import QuerySet

from jianfu.handouts.states import PENDING, HandoutState


class Handouts(QuerySet):
    def visible_to(self, user: Any) -> Self:
        if not user.is_authenticated:
            return self.none()
        return self.filter(owner=user, district_id=user.district_id)

    def pending(self) -> Self:
        return self.filter(state__in=PENDING)

    def in_line(self) -> Self:
        """Those that wait, the first one first."""
        return self.filter(state=HandoutState.WAITING).order_by("ordered_at", "pk")

    def silent_since(self, moment: datetime) -> Self:
        """Those whose process has not been heard of."""
        return self.filter(state=HandoutState.MAKING, beat_at__lt=moment)

    def due(self, moment: datetime) -> Self:
        return self.filter(state=HandoutState.READY, expires_at__lte=moment)

    def untaken(self) -> Self:
        return self.filter(state=HandoutState.READY, taken_at__isnull=True)
