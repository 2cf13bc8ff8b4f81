"""The door to releases and entries: what is published is for everybody, a draft for those who prepare it."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Count, Q, QuerySet

from jianfu.kernel.initials import typed_initials
from jianfu.organisations.selectors import districts
from whitelist.permissions import may_prepare, signs
from whitelist.states import NUMBER_PREFIX, UNPUBLISHED, Change, Kind, Standing, State


class Releases(QuerySet):
    def public(self) -> Self:
        """What anybody may read, signed in or not."""
        return self.filter(state=State.PUBLISHED)

    def visible_to(self, user: Any) -> Self:
        """Published ones of one's own district; all, for who prepares them; what was sent, for who signs."""
        if not user.is_authenticated:
            return self.none()
        rows = self.filter(district_id=user.district_id)
        if may_prepare(user):
            return rows
        if signs(user):
            return rows.filter(state__in=[State.SUBMITTED, State.SIGNED, State.PUBLISHED])
        return rows.public()

    def open(self) -> Self:
        """On their way: one of a kind in a district at most."""
        return self.filter(state__in=UNPUBLISHED)

    def to_sign(self, user: Any) -> Self:
        """What waits for the leader's name; never what the same person prepared."""
        rows = self.filter(district_id=user.district_id, state=State.SUBMITTED)
        return rows.exclude(preparers=user.person_id)

    def with_counts(self) -> Self:
        """With ``item_count`` and ``added_count``."""
        added = Count("items", filter=Q(items__change=Change.ADDED))
        return self.annotate(item_count=Count("items"), added_count=added)

    def newest_first(self) -> Self:
        return self.order_by("-published_on", "-year", "-serial", "-pk")


class Entries(QuerySet):
    """An entry exists only once it was published, so every row is public."""

    def public(self) -> Self:
        return self

    def visible_to(self, user: Any) -> Self:
        return self.filter(district_id=user.district_id) if user.is_authenticated else self.none()

    def current(self, on: date) -> Self:
        """On the list on the day: published, not removed, and its time not yet over (both ends count)."""
        listed = Q(listed_on__lte=on) & (Q(removed_on__isnull=True) | Q(removed_on__gt=on))
        return self.filter(listed, ends_on__gte=on)

    def not_current(self, on: date) -> Self:
        """All the others."""
        return self.filter(Q(listed_on__gt=on) | Q(removed_on__lte=on) | Q(ends_on__lt=on))

    def of_kind(self, kind: str) -> Self:
        """What the releases of a kind list. By ``in``: SQLite finds no bare condition through an index."""
        return self.filter(exempt__in=[kind == Kind.EXEMPT])

    def standing_as(self, standing: str, on: date) -> Self:
        """Those that stand so on the day (see `Entry.standing`); all where nothing is asked."""
        removed, expired = Q(removed_on__lte=on), Q(ends_on__lt=on)
        wanted = {
            Standing.REMOVED: removed,
            Standing.EXPIRED: expired & ~removed,
            Standing.VALID: ~expired & ~removed,
        }
        return self.filter(wanted[Standing(standing)]) if standing in Standing.values else self

    def narrowed(
        self, *, lead: str = "", theme: str = "", stage: str = "", between: tuple[date, date] | None = None
    ) -> Self:
        """Of the unit, about the theme, for the 学段, with a day between the two (both count)."""
        found = self
        if lead:
            found = found.filter(lead_name=lead)
        if theme:
            found = found.filter(theme=theme)
        if stage:
            found = found.filter(Q(stages__contains=stage) | Q(stages=""))  # none named: for all
        if between:
            found = found.filter(starts_on__lte=between[1], ends_on__gte=between[0])
        return found

    def numbered(self, number: str) -> Self:
        """By the number of the entry, or of the application that it was, in whichever district.

        The districts are named because every number is found through its district's index.
        """
        everywhere = list(districts().values_list("pk", flat=True))
        if number.startswith(NUMBER_PREFIX):
            found = self.filter(district__in=everywhere, number=number)
        else:
            found = self.filter(application__district__in=everywhere, application__number=number)
        return found.order_by("district__code")

    def matching(self, words: str) -> Self:
        """Every word occurs in the name, its 拼音首字母, a unit or the number; no word finds all."""
        found = self
        for word in words.split():
            where = (
                Q(title__icontains=word)
                | Q(lead_name__icontains=word)
                | Q(joint_names__icontains=word)
                | Q(number__icontains=word)
            )
            if letters := typed_initials(word):
                where |= Q(title_initials__contains=letters)
            found = found.filter(where)
        return found


class ReleaseItems(QuerySet):
    def for_list(self) -> Self:
        return self.select_related("entry").order_by("position")
