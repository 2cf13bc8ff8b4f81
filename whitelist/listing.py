"""A list as it is read: the one in force today, or a release as it was published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.urls import reverse

from .models import Entry, Release, ReleaseItem
from .proposal import Gone, Line
from .selectors import current_entries
from .stamps import remembered
from .states import Change, Kind, Leaving


@dataclass(frozen=True)
class Listing:
    """``rows`` are entries (today's list) or items of a release; ``release`` is the one printed on top.

    ``releases`` are all of its kind, the newest first; ``on`` is the day of reading. What not every reader
    of a list needs is asked for when it is.
    """

    district: Any
    release: Release | None
    rows: QuerySet[Any]
    on: date
    in_force: bool
    releases: list[Release]
    kind: str = Kind.CAMPUS

    @property
    def title(self) -> str:
        if self.in_force or self.release is None:
            return f"{self.district.name}{Kind(self.kind).label}"
        return self.release.title

    @property
    def key(self) -> str:
        """Which list of the district it is, as read on the day: what is remembered of it goes by this."""
        version = "" if self.in_force or self.release is None else str(self.release.pk)
        return f"{self.kind}.{version}.{self.on}"

    @property
    def begun(self) -> bool:
        """Nothing has, before anything was published."""
        return self.release is not None or self.rows.exists()

    @property
    def gone(self) -> int:
        """How much of the newest release is no longer in force; an older one tells it line by line."""
        if not self.in_force or self.release is None:
            return 0
        rows = Entry.objects.filter(district=self.district, listings__release=self.release)
        return remembered(self.district.code, f"gone.{self.key}", rows.not_current(self.on).count)

    @property
    def changed_at(self) -> datetime | None:
        """When anything on the page last changed."""
        entries = remembered(self.district.code, "changed", self._newest_change)
        moments = [moment for moment in (entries, self.release and self.release.state_entered_at) if moment]
        return max(moments, default=None)

    def _newest_change(self) -> datetime | None:
        rows = Entry.objects.filter(district=self.district)
        newest: datetime | None = rows.aggregate(newest=Max("changed_at"))["newest"]
        return newest

    def address_of(self, release: Release) -> str:
        """The page of one release of this kind of list."""
        return release_address(self.district, release, self.kind)

    @property
    def departures(self) -> list[Gone]:
        """What this release left out that the one before listed, as it was told then."""
        if self.in_force or self.release is None:
            return []
        rows = self.release.departures.select_related("entry").order_by("entry__number")
        return [Gone(row.entry, Leaving(row.why), row.reason, row.happened_on) for row in rows]

    @property
    def dated(self) -> date:
        """The day whose list it is."""
        if self.in_force or self.release is None or self.release.published_on is None:
            return self.on
        return self.release.published_on

    def lines(self, rows: Iterable[Any], *, first: int) -> Iterator[Line]:
        """The rows as lines; 序号 runs on over pages, in a release it is the printed one."""
        for position, row in enumerate(rows, start=first):
            if isinstance(row, ReleaseItem):
                yield Line(
                    row.position, row.entry, Change(row.change), row.entry.standing(self.on), row.source_level
                )
            else:
                yield Line(position, row, None, row.standing(self.on), row.source_level)


def entry_address(code: str) -> Callable[[str], str]:
    """Number → page of the entry. Asked once of the addresses, and not for every row of a list."""
    sample = "BMD"
    before, _, after = reverse("whitelist:public_entry", args=[code, sample]).rpartition(sample)
    return lambda number: f"{before}{number}{after}"


def release_address(district: Any, release: Release, kind: str) -> str:
    name = "whitelist:exempt_release" if kind == Kind.EXEMPT else "whitelist:public_release"
    return reverse(name, args=[district.code, release.year, release.serial])


def releases(district: Any, kind: str = Kind.CAMPUS) -> QuerySet[Release]:
    """Every release of the district that anybody may read, the newest first."""
    return Release.objects.public().filter(district=district, kind=kind).newest_first()


def current(district: Any, on: date, kind: str = Kind.CAMPUS) -> Listing:
    """What is on the list on the day, whichever release brought it.

    The whitelist shows all that may come into a school, what was only registered last; the catalogue that.
    """
    rows = current_entries(district.pk, on)
    if kind == Kind.EXEMPT:
        rows = rows.of_kind(kind)
    found = list(releases(district, kind))
    return Listing(district, next(iter(found), None), rows, on, in_force=True, releases=found, kind=kind)


def of_release(district: Any, release: Release, on: date) -> Listing:
    rows = ReleaseItem.objects.filter(release=release).for_list()
    found = list(releases(district, release.kind))
    return Listing(district, release, rows, on, in_force=False, releases=found, kind=release.kind)


def matching(listing: Listing, words: str, **narrowed: Any) -> QuerySet[Any]:
    """The rows in whose name, units or number every word occurs; see `Entries.narrowed` for the rest."""
    if not words and not any(narrowed.values()):
        return listing.rows
    if listing.in_force:
        return listing.rows.matching(words).narrowed(**narrowed)
    found = Entry.objects.filter(district=listing.district).matching(words).narrowed(**narrowed)
    return listing.rows.filter(entry__in=found)
