"""A ledger is read by the staff of its district; another district's does not exist for them (404)."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from jianfu.organisations.states import Role
from ledger.states import FILLABLE, LedgerState, RowState


class Ledgers(QuerySet):
    def visible_to(self, user: Any) -> Self:
        if not (user.is_authenticated and user.is_district_staff):
            return self.none()
        return self.filter(district_id=user.district_id)

    def reported_to(self, user: Any) -> Self:
        """For the city office: what the districts of its region filed, and nothing before that."""
        if not (user.is_authenticated and user.is_city_office and user.person.district.region):
            return self.none()
        return self.filter(
            district__region=user.person.district.region, district__is_city=False, state=LedgerState.FILED
        )

    def waiting_for(self, user: Any) -> Self:
        """Years whose next step is this person's: to sign; to send for signature, to lock, to file; of 补录
        to enter, and to check what others entered."""
        mine = Q(pk__in=[])
        rows = self.model._meta.get_field("rows").related_model.objects.filter(ledger=OuterRef("pk"))
        if user.has(Role.LEADER, Role.LEDGER_OFFICE):
            entered = Exists(rows.filter(contributors=user.person_id))
            mine |= Q(state=LedgerState.CHECKING) & ~entered
        if user.has(Role.LEADER):
            mine |= Q(state=LedgerState.SUMMARISED)
        if user.has(Role.LEDGER_OFFICE):
            mine |= Q(state=LedgerState.ENTERING)
            whole = Exists(rows) & ~Exists(rows.exclude(state=RowState.ACCEPTED))
            mine |= Q(state__in=(LedgerState.SIGNED, LedgerState.LOCKED))
            mine |= Q(state=LedgerState.OPENED) & whole
        return self.visible_to(user).filter(mine)


class LedgerRows(QuerySet):
    def visible_to(self, user: Any) -> Self:
        if not (user.is_authenticated and user.is_district_staff):
            return self.none()
        return self.filter(ledger__district_id=user.district_id)

    def of_sections(self, organisation_ids: set[int]) -> Self:
        """Rows that any of the sections answers for, each once."""
        return self.filter(self.answered_by(organisation_ids))

    def answered_by(self, organisation_ids: set[int]) -> Q:
        """The same as a condition."""
        assigned = self.model.sections.through.objects.filter(organisation_id__in=organisation_ids)
        return Q(pk__in=assigned.values("row_id"))

    def waiting_for(self, user: Any) -> Self:
        """What waits for this person: rows of their 科室 to fill, and for the office rows to review."""
        rows = self.visible_to(user).filter(ledger__state=LedgerState.OPENED)
        mine = user.organisation_ids(Role.SECTION_CLERK)
        to_fill = rows.of_sections(mine).filter(state__in=FILLABLE) if mine else self.none()
        if not user.has(Role.LEDGER_OFFICE):
            return to_fill
        to_review = rows.filter(state=RowState.SUBMITTED)
        return (to_review | to_fill) if mine else to_review

    def for_grid(self) -> Self:
        """With what the grid prints; the same few queries for any number of rows."""
        return self.select_related("ledger__district", "ledger__template").with_cells()

    def with_cells(self) -> Self:
        """The same for rows that know their ledger already."""
        assignments = self.model._meta.get_field("assignments").related_model
        blanks = self.model._meta.get_field("blanks").related_model
        named = assignments.objects.select_related("organisation").order_by(
            "-is_lead", "organisation__position", "pk"
        )
        return self.prefetch_related(
            Prefetch("blanks", queryset=blanks.objects.select_related("confirmed_by")),
            "contributors",
            Prefetch("assignments", queryset=named),
        )

    def with_contents(self) -> Self:
        """With the entries and who wrote them, as the row's own page prints them."""
        return self.for_grid().prefetch_related("entries__section", "entries__written_by")
