"""Rows of the registers: the bureau reads the district's, a school what it keeps itself."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet

from jianfu.organisations.selectors import staff_or_own
from jianfu.organisations.states import Role


def first_day(year: int) -> date:
    return date(year, 1, 1)


def last_day(year: int) -> date:
    return date(year, 12, 31)


def begun(year: int) -> Q:
    return Q(begun_on__range=(first_day(year), last_day(year)))


def ended(year: int) -> Q:
    return Q(ended_on__range=(first_day(year), last_day(year)))


def begun_before(year: int) -> Q:
    return Q(begun_on__lt=first_day(year))


def there_before(year: int) -> Q:
    return begun_before(year) & (Q(ended_on__isnull=True) | Q(ended_on__gte=first_day(year)))


def goes_on(year: int) -> Q:
    """It does not end in the year or before, as far as is known."""
    return Q(ended_on__isnull=True) | Q(ended_on__gt=last_day(year))


def there_in(year: int) -> Q:
    return Q(begun_on__lte=last_day(year)) & (Q(ended_on__isnull=True) | Q(ended_on__gte=first_day(year)))


# What became of an item in the course of a year. 新增 is what the year before did not know and the year after
# will; what came and went within the year is in none of them, so that a year's 保留 + 新增 is the next one's
# 保留 + 取消整合 (A9).
def kept(year: int) -> Q:
    return begun_before(year) & goes_on(year)


def dropped(year: int) -> Q:
    return begun_before(year) & ended(year)


def added(year: int) -> Q:
    return begun(year) & goes_on(year)


def passing(year: int) -> Q:
    return begun(year) & ended(year)


class RegisterItems(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return staff_or_own(self, user, lambda by: Q(section_id__in=by.organisation_ids(Role.SCHOOL)))

    def valid(self) -> Self:
        """Without what was entered by mistake."""
        return self.filter(void_reason="")

    def there_in(self, year: int) -> Self:
        return self.valid().filter(there_in(year))

    def begun_in(self, year: int) -> Self:
        return self.valid().filter(begun(year))

    def kept_in(self, year: int) -> Self:
        return self.valid().filter(kept(year))

    def dropped_in(self, year: int) -> Self:
        return self.valid().filter(dropped(year))

    def added_in(self, year: int) -> Self:
        return self.valid().filter(added(year))

    def awaiting_verdict(self, year: int) -> Self:
        """Nobody said in the year whether it stays (R13); `RegisterItem.awaits_verdict` as a condition."""
        seen = Q(decided_on__gte=first_day(year))
        return self.valid().filter(there_before(year), ended_on__isnull=True).exclude(seen)
