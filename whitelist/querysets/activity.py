"""The door to activities, their sessions, and what schools said of them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Count, Max, Min, Q, QuerySet

from jianfu.organisations.selectors import staff_or_own
from jianfu.organisations.states import Role
from whitelist.states import KNOWN, SHOWN_TO_SCHOOLS, TAKES_A_PLACE, UNLISTED, ActivityState


def _units(user: Any) -> set[int]:
    return user.organisation_ids(Role.APPLICANT)


def _schools(user: Any) -> set[int]:
    return user.organisation_ids(Role.SCHOOL)


class Activities(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own unit's; for staff what was handed in; for a school what was agreed to come to it."""
        if not user.is_authenticated:
            return self.none()
        rows, where = self.filter(district_id=user.district_id), Q(organisation__in=_units(user))
        if user.is_district_staff:
            where |= ~Q(state=ActivityState.DRAFTED)
        if schools := _schools(user):
            sessions = self.model._meta.get_field("sessions").related_model
            coming = sessions.objects.filter(school__in=schools).values("activity")
            where |= Q(pk__in=coming, state__in=SHOWN_TO_SCHOOLS)
        return rows.filter(where)

    def for_list(self) -> Self:
        """With what a line prints: the entry, the unit, how many sessions and schools, first and last day."""
        open_sessions = Q(sessions__called_off_at=None)
        return self.select_related("entry", "organisation", "handler", "district").annotate(
            session_count=Count("sessions", filter=open_sessions, distinct=True),
            school_count=Count("sessions__school", filter=open_sessions, distinct=True),
            first_day=Min("sessions__day", filter=open_sessions),
            last_day=Max("sessions__day", filter=open_sessions),
        )

    def of_units(self, units: set[int]) -> Self:
        return self.filter(organisation__in=units)


class Sessions(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """As the activity; a school sees those that come to itself."""
        if not user.is_authenticated:
            return self.none()
        rows = self.filter(activity__district_id=user.district_id)
        where = Q(activity__organisation__in=_units(user))
        if user.is_district_staff:
            where |= ~Q(activity__state=ActivityState.DRAFTED)
        if schools := _schools(user):
            where |= Q(school__in=schools, activity__state__in=SHOWN_TO_SCHOOLS)
        return rows.filter(where)

    def standing(self) -> Self:
        """Not called off by itself."""
        return self.filter(called_off_at=None)

    def known(self) -> Self:
        """The schools were told that it comes."""
        return self.standing().filter(activity__state__in=KNOWN)

    def taking_places(self) -> Self:
        """Counts against a school's cap and clashes: handed in or agreed, not called off, not sent away."""
        rows = self.standing().filter(activity__state__in=TAKES_A_PLACE)
        return rows.exclude(visit__kind__in=["refused", "absent"])

    def between(self, first: date, last: date) -> Self:
        return self.filter(day__gte=first, day__lte=last)

    def for_list(self) -> Self:
        return self.select_related(
            "activity__entry", "activity__organisation", "activity__handler", "school", "visit"
        ).order_by("day", "begins", "school__position", "pk")


class Visits(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """A school's own, the district's for staff, for a unit what schools said of its activities."""
        return staff_or_own(
            self,
            user,
            lambda by: Q(school__in=_schools(by)) | Q(session__activity__organisation__in=_units(by)),
        )

    def unlisted(self) -> Self:
        return self.filter(kind__in=UNLISTED)

    def between(self, first: date, last: date) -> Self:
        return self.filter(day__gte=first, day__lte=last)


class Feeds(QuerySet):
    def visible_to(self, user: Any) -> Self:
        """A school's own; those of the district for its staff."""
        if not user.is_authenticated:
            return self.none()
        rows = self.filter(district_id=user.district_id)
        own = Q(school__in=_schools(user))
        return rows.filter(own | Q(school=None)) if user.is_district_staff else rows.filter(own)
