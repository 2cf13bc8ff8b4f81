"""Reminders of rows: how often the 科室 was urged since it last reported."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, QuerySet

from ledger.states import RowState


class RowReminders(QuerySet):
    def standing(self) -> Self:
        """Those that no report has answered yet."""
        versions = self.model._meta.get_field("row").related_model.history.model.objects
        reports = versions.filter(
            id=OuterRef("row_id"), state=RowState.SUBMITTED, history_date__gt=OuterRef("at")
        )
        return self.filter(~Exists(reports))

    def counts(self, rows: Iterable[Any]) -> dict[int, int]:
        """Row → how often it was urged since it was last reported; one query."""
        found = self.filter(row__in=[row.pk for row in rows]).standing().order_by()
        return dict(found.values_list("row_id").annotate(times=Count("pk")))

    def of_day(self, rows: Iterable[Any], on: date) -> set[int]:
        """Which of the rows were urged on the day."""
        return set(self.filter(row__in=[row.pk for row in rows], day=on).values_list("row_id", flat=True))
