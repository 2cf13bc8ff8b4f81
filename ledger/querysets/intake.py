"""Uploads are seen by who uploaded them and by the office of their district."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db.models import Q, QuerySet

from jianfu.organisations.states import Role
from ledger.states import INTAKE_PENDING


class Intakes(QuerySet):
    def visible_to(self, user: Any) -> Self:
        if not user.is_authenticated:
            return self.none()
        seen = Q(uploaded_by=user)
        if user.has(Role.LEDGER_OFFICE):
            seen |= Q(district_id=user.district_id)
        return self.filter(seen)

    def pending(self) -> Self:
        return self.filter(state__in=INTAKE_PENDING)

    def due(self, at: datetime) -> Self:
        """Those that nobody confirmed in time."""
        return self.pending().filter(expires_at__lte=at)
