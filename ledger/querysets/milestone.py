"""Milestones are read by whoever reads the ledger; what is near or late waits for the office."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.db.models import QuerySet

from jianfu.organisations.states import Role
from ledger.rules.milestones import SOON_DAYS
from ledger.states import FINAL


class Milestones(QuerySet):
    def visible_to(self, user: Any) -> Self:
        if not (user.is_authenticated and user.is_district_staff):
            return self.none()
        return self.filter(ledger__district_id=user.district_id)

    def waiting_for(self, user: Any, on: date) -> Self:
        """For the office: not ticked, and late or due within a week; a signed year asks for nothing more."""
        if not user.has(Role.LEDGER_OFFICE):
            return self.none()
        near = self.visible_to(user).filter(done_on__isnull=True, due_on__lte=on + timedelta(days=SOON_DAYS))
        return near.exclude(ledger__state__in=FINAL)

    def for_list(self) -> Self:
        return self.select_related("ledger__district", "done_by").prefetch_related("rows")
