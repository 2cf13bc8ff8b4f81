"""The door to proposals of removal: the bureau's staff see all, a department what it is heard on."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q, QuerySet

from jianfu.organisations.states import Role
from whitelist.permissions import may_read_removals
from whitelist.permissions.removal import own_units
from whitelist.states import OPEN, RemovalState


class Removals(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """A department learns of it with the letter, and keeps it in sight from then on."""
        if not user.is_authenticated:
            return self.none()
        rows = self.filter(district_id=user.district_id)
        if may_read_removals(user):
            return rows.exclude(department_id__in=own_units(user), heard_from__isnull=True)
        own = rows.filter(department_id__in=user.organisation_ids(Role.APPLICANT))
        return own.filter(heard_from__isnull=False)

    def inside(self, user: Any) -> Self:
        """Those that the person may read whole (`permissions.removal.reads_inside`)."""
        rows = self.visible_to(user)
        return rows.exclude(department_id__in=own_units(user)) if may_read_removals(user) else rows.none()

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def for_list(self) -> Self:
        return self.select_related("entry", "department").order_by("-created_at", "-pk")

    def waiting_for(self, user: Any) -> Self:
        """What the person is to do something about; who proposed does not decide."""
        mine = Q(state__in=[RemovalState.HEARING, RemovalState.MENDING]) & Q(
            department_id__in=user.organisation_ids(Role.APPLICANT)
        )
        if user.has(Role.PUBLICATION_CLERK):
            mine |= Q(state=RemovalState.PROPOSED)
        if user.has(Role.LEADER):
            mine |= Q(state=RemovalState.HEARD) & ~Q(proposed_by_id=user.person_id)
        return self.visible_to(user).filter(mine)

    def overdue(self, user: Any, on: Any) -> Self:
        """Nobody answered in time: the office goes on with it."""
        late = Q(state__in=[RemovalState.HEARING, RemovalState.MENDING], due_on__lt=on)
        rows = self.visible_to(user).filter(late)
        return rows if user.has(Role.PUBLICATION_CLERK) else rows.none()
