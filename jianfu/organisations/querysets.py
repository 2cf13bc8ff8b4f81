"""The door to rows of this app: a person sees their own district, and nothing of another."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from .states import UNDELEGABLE, Role


class DistrictRows(QuerySet):
    """Rows that hang on a district by a field named ``district``."""

    def visible_to(self, user: Any) -> Self:
        """Rows of the user's own district; nothing for somebody who is not signed in."""
        return self.filter(district_id=user.district_id) if user.is_authenticated else self.none()


class Memberships(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(person__district_id=user.district_id) if user.is_authenticated else self.none()

    def current(self, on: date) -> Self:
        """In force on the day: ``since`` counts, ``until`` is the last day."""
        return self.meeting(on, on)

    def meeting(self, first: date, last: date | None) -> Self:
        """In force on any day from ``first`` to ``last``; None is for ever."""
        begun = {"since__lte": last} if last else {}
        return self.filter(Q(until__isnull=True) | Q(until__gte=first), **begun)

    def held_by(self, person_id: int, on: date) -> Self:
        """What the person holds on the day, also as somebody's agent; one query over two indexes."""
        lent = self.model._meta.get_field("delegations").related_model.objects.in_force(on)
        own = self.model._base_manager.filter(person_id=person_id).order_by().values("pk")
        keys = own.union(lent.filter(agent_id=person_id).order_by().values("membership_id"), all=True)
        return self.current(on).filter(pk__in=keys)

    def delegable(self, on: date) -> Self:
        """What may be lent to an agent."""
        return self.current(on).exclude(role__in=UNDELEGABLE)


class Delegations(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Who lent or was lent a role sees it; the keeper of accounts sees all of the district."""
        if not user.is_authenticated:
            return self.none()
        rows = self.filter(agent__district_id=user.district_id)
        if user.has(Role.SECURITY_ADMINISTRATOR):
            return rows
        return rows.filter(Q(agent_id=user.person_id) | Q(membership__person_id=user.person_id))

    def for_list(self) -> Self:
        return self.select_related(
            "agent__organisation", "membership__person__organisation", "membership__organisation"
        )

    def open(self) -> Self:
        """Not ended before its time."""
        return self.filter(revoked_at__isnull=True)

    def meeting(self, first: date, last: date | None) -> Self:
        """Open, and in force on any day from ``first`` to ``last``."""
        begun = {"since__lte": last} if last else {}
        return self.open().filter(until__gte=first, **begun)

    def in_force(self, on: date) -> Self:
        """What counts on the day: open, its dates, and a principal who could act himself today."""
        users = get_user_model()._base_manager
        able = users.filter(person_id=OuterRef("membership__person_id"), is_active=True)
        return self.meeting(on, on).filter(~Q(membership__role__in=UNDELEGABLE), Exists(able))


class Users(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(person__district_id=user.district_id) if user.is_authenticated else self.none()


class Districts(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(pk=user.district_id) if user.is_authenticated else self.none()
