"""The door to releases and entries: what is published is for everybody, a draft for those who prepare it."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Q, QuerySet

from .permissions import may_prepare
from .states import State


class Releases(QuerySet):
    def public(self) -> Self:
        """What anybody may read, signed in or not."""
        return self.filter(state=State.PUBLISHED)

    def visible_to(self, user: Any) -> Self:
        """Published ones of one's own district; the drafts, too, for who prepares them."""
        if not user.is_authenticated:
            return self.none()
        rows = self.filter(district_id=user.district_id)
        return rows if may_prepare(user) else rows.public()

    def drafts(self) -> Self:
        return self.filter(state=State.DRAFTED)

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

    def matching(self, words: str) -> Self:
        """Every word occurs in the name, a unit or the number; an empty search finds all."""
        found = self
        for word in words.split():
            found = found.filter(
                Q(title__icontains=word)
                | Q(lead_name__icontains=word)
                | Q(joint_names__icontains=word)
                | Q(number__icontains=word)
            )
        return found


class ReleaseItems(QuerySet):
    def for_list(self) -> Self:
        return self.select_related("entry").order_by("position")
