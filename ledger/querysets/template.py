"""Templates are official texts: they belong to no district, and whoever is signed in may read them."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, QuerySet


class LedgerTemplates(QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.all() if user.is_authenticated else self.none()

    def newest(self) -> Self:
        """The highest version of each code: what a new year is opened from."""
        newer = self.model.objects.filter(code=OuterRef("code"), version__gt=OuterRef("version"))
        return self.filter(~Exists(newer))

    def for_opening(self) -> Self:
        """The newest versions, official forms with blanks before mere lists of tasks."""
        return self.newest().annotate(blank_count=Count("rows__blanks")).order_by("-blank_count", "code")
