"""The door to complaints: handlers, those who sign while they have to, and never the accused unit."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q, QuerySet

from jianfu.organisations.states import Role
from whitelist.complaints.kinship import kin
from whitelist.permissions.complaint import may_reach_complaints
from whitelist.states.complaint import ENDED, OPEN, PROVED, TO_SIGN, ComplaintState

# What waits for the leading group: a signature, or whether a report was made up.
TO_DECIDE = Q(state__in=TO_SIGN) | Q(fabrication_proposed=True)


class Complaints(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Number, unit, state and days. What the writer wrote is asked for apart (`may_read_words`)."""
        if not user.is_authenticated or not may_reach_complaints(user):
            return self.none()
        reads = Q(pk__in=[])
        if user.has(Role.COMPLAINT_HANDLER):
            reads |= Q(district_id=user.district_id)
        if user.has(Role.PUBLICATION_CLERK, Role.LEADER):
            reads |= Q(escalated=True)
        if user.has(Role.LEADER):
            reads |= TO_DECIDE | Q(signer_id=user.person_id)
        accused = self.model.accused.through.objects.filter(organisation_id__in=kin(user))
        return self.filter(reads, district_id=user.district_id).exclude(pk__in=accused.values("complaint_id"))

    def for_list(self) -> Self:
        return self.select_related("handler__person").prefetch_related("accused")

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def ended(self) -> Self:
        return self.filter(state__in=ENDED)

    def named(self) -> Self:
        """With a name or telephone in it."""
        return self.exclude(identity="")

    def with_evidence(self) -> Self:
        return self.filter(
            Exists(self.model.evidence.rel.related_model.objects.filter(complaint=OuterRef("pk")))
        )

    def overdue(self, on: date) -> Self:
        return self.open().filter(due_on__lt=on)

    def waiting_for(self, user: Any) -> Self:
        """What this person has to do: their own, what nobody took yet, what they have to sign."""
        rows = self.visible_to(user)
        mine = (Q(handler_id=user.pk) | Q(handler__isnull=True)) & Q(state__in=OPEN) & ~Q(state__in=TO_SIGN)
        if user.has(Role.LEADER):
            mine |= TO_DECIDE & ~Q(handler__person_id=user.person_id)
        return rows.filter(mine)

    def proved(self) -> Self:
        return self.filter(finding__in=PROVED)

    def exposed(self) -> Self:
        """What anybody may read of: signed to be exposed, also after it was closed."""
        return self.filter(exposed_on__isnull=False).exclude(state=ComplaintState.EXPOSURE_PROPOSED)
