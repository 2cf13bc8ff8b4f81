"""借用教师: the bureau reads the district's register, a school its own teachers, nobody else anything."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.db.models import Q, QuerySet

from jianfu.organisations.selectors import staff_or_own
from jianfu.organisations.states import Role
from ledger.permissions.secondment import may_see_all_names
from ledger.states import COUNTED_KINDS, ENDING_WITHIN_DAYS, SecondmentKind, Standing


def conditions(on: date) -> dict[str, Q]:
    """`rules.secondment.standing` as conditions on valid records."""
    back = Q(returned_on__lte=on)
    away = Q(starts_on__lte=on) & (Q(returned_on__isnull=True) | Q(returned_on__gt=on))
    soon = on + timedelta(days=ENDING_WITHIN_DAYS)
    return {
        Standing.BACK: back,
        Standing.PLANNED: Q(starts_on__gt=on) & ~back,
        Standing.AWAY: away & Q(ends_on__gt=soon),
        Standing.ENDING: away & Q(ends_on__gte=on, ends_on__lte=soon),
        Standing.OVERDUE: away & Q(ends_on__lt=on),
    }


def away(first: date, last: date, on: date) -> Q:
    """Away on some day of [first, last] as far as is known ``on`` (rules.last_day_away)."""
    not_back = Q(ends_on__gte=first)
    if on >= first:
        not_back |= Q(starts_on__lte=on)
    still_away = Q(returned_on__isnull=True) & not_back
    return Q(starts_on__lte=last) & (still_away | Q(returned_on__gt=first) | Q(starts_on__gte=first))


def counted(year: int, on: date) -> Q:
    """On valid records, row 13 of the year: any day of it, 交流轮岗 left out (000 r13)."""
    return away(date(year, 1, 1), date(year, 12, 31), on) & Q(kind__in=COUNTED_KINDS)


def called_back(year: int, on: date) -> tuple[Q, Q]:
    """On valid records: 驻村 that ended in the year; one that goes on at its end, or ``on`` while it lasts.

    Row 4 counts who has the first and not the second (000 r4).
    """
    village, end = Q(kind=SecondmentKind.VILLAGE), min(date(year, 12, 31), on)
    ended = Q(returned_on__gte=date(year, 1, 1), returned_on__lte=end)
    # `away` on a day that is not after ``on``
    there = Q(returned_on__isnull=True) | Q(returned_on__gt=end) | Q(starts_on=end)
    return village & ended, village & Q(starts_on__lte=end) & there


def not_back_before(year: int) -> Q:
    """Every record that a figure of the year may look at; an index knows them."""
    return Q(returned_on__isnull=True) | Q(returned_on__gte=date(year, 1, 1))


class Secondments(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return staff_or_own(self, user, lambda by: Q(school_id__in=by.organisation_ids(Role.SCHOOL)))

    def named_for(self, user: Any) -> Self:
        """The visible rows whose names the user may read; the only ones a name is searched in."""
        rows = self.visible_to(user)
        if not user.is_authenticated or may_see_all_names(user):
            return rows
        return rows.filter(school_id__in=user.organisation_ids(Role.SCHOOL))

    def for_list(self) -> Self:
        return self.select_related("teacher", "school", "borrowing_unit")

    def valid(self) -> Self:
        """Without the records made by mistake."""
        return self.filter(void_reason="")

    def standing(self, standing: str, on: date) -> Self:
        if standing == Standing.VOIDED:
            return self.exclude(void_reason="")
        return self.valid().filter(conditions(on)[standing])

    def away_now(self, on: date) -> Self:
        """在借, however near or past the end."""
        now = conditions(on)
        return self.valid().filter(now[Standing.AWAY] | now[Standing.ENDING] | now[Standing.OVERDUE])

    def away_between(self, first: date, last: date, on: date) -> Self:
        return self.filter(away(first, last, on))

    def counted_in(self, year: int, on: date) -> Self:
        """The records behind row 13 of the year."""
        return self.valid().filter(counted(year, on))

    def called_back_from_village(self, year: int, on: date) -> Self:
        """The records behind row 4 of the year: 驻村 ended, and not taken up again."""
        ended, going_on = called_back(year, on)
        again = self.valid().filter(going_on).values("teacher_id")
        return self.valid().filter(ended).exclude(teacher_id__in=again)
