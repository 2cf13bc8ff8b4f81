"""The door to objections: those who answer them read them; who made one is nobody else's business."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import QuerySet

from whitelist.permissions import may_prepare
from whitelist.states import ObjectionState


class Objections(QuerySet):
    def visible_to(self, user: Any) -> Self:
        if not user.is_authenticated or not may_prepare(user):
            return self.none()
        return self.filter(release__district_id=user.district_id)

    def unanswered(self) -> Self:
        return self.filter(state=ObjectionState.RECEIVED)

    def answered(self) -> Self:
        return self.exclude(state=ObjectionState.RECEIVED).order_by("pk")
