"""A list as it is read: the one in force today, or a release as it was published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet
from django.urls import reverse

from .models import Entry, Release, ReleaseItem
from .proposal import Gone, Line
from .selectors import current_entries, latest_release
from .stamps import remembered
from .states import Change, Kind, Leaving


@dataclass(frozen=True)
class Listing:
    """``rows`` are entries (today's list) or items of a release; ``release`` is the one printed on top.

    ``dated`` is the day whose list it is, ``on`` the day of reading. ``gone`` counts what the newest release
    lists and what is no longer in force; nothing has ``begun`` before anything was published.
    """

    district: Any
    release: Release | None
    rows: QuerySet[Any]
    on: date
    in_force: bool
    changed_at: datetime | None
    gone: int = 0
    begun: bool = True
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
    def count(self) -> int:
        return remembered(self.district.code, f"count.{self.key}", self.rows.count)

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
    newest = latest_release(district.pk, kind=kind)
    rows = current_entries(district.pk, on)
    if kind == Kind.EXEMPT:
        rows = rows.of_kind(kind)
    gone = remembered(district.code, f"gone.{kind}.{on}", lambda: _gone(newest, rows))
    changed_at = _changed_at(district, newest)
    begun = newest is not None or rows.exists()
    return Listing(
        district, newest, rows, on, in_force=True, changed_at=changed_at, gone=gone, begun=begun, kind=kind
    )


def _gone(newest: Release | None, rows: QuerySet[Any]) -> int:
    return newest.items.exclude(entry__in=rows.order_by()).count() if newest else 0


def of_release(district: Any, release: Release, on: date) -> Listing:
    rows = ReleaseItem.objects.filter(release=release).for_list()
    changed_at = _changed_at(district, release)
    return Listing(district, release, rows, on, in_force=False, changed_at=changed_at, kind=release.kind)


def matching(listing: Listing, words: str, **narrowed: Any) -> QuerySet[Any]:
    """The rows in whose name, units or number every word occurs; see `Entries.narrowed` for the rest."""
    if not words and not any(narrowed.values()):
        return listing.rows
    if listing.in_force:
        return listing.rows.matching(words).narrowed(**narrowed)
    found = Entry.objects.filter(district=listing.district).matching(words).narrowed(**narrowed)
    return listing.rows.filter(entry__in=found)


def _changed_at(district: Any, release: Release | None) -> datetime | None:
    """When anything on the page last changed."""
    entries = Entry.objects.filter(district=district).aggregate(newest=Max("changed_at"))["newest"]
    moments = [moment for moment in (entries, release and release.state_entered_at) if moment]
    return max(moments, default=None)
