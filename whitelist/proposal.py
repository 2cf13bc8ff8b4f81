"""What a release would list on a day: the same answer for the preview and for the publication itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse

from .models import Entry, Release
from .selectors import latest_release
from .snapshot import public_fields
from .states import Change, Standing

PREFIX = "BMD"


@dataclass(frozen=True)
class Line:
    """One line of a list: 序号, entry, what the release did with it, how it stands on the day of reading."""

    position: int
    entry: Entry
    change: Change | None
    standing: Standing

    @property
    def is_new(self) -> bool:
        return self.change == Change.ADDED

    @property
    def gone(self) -> bool:
        """It was published and stands no longer."""
        return self.standing != Standing.VALID


@dataclass(frozen=True)
class Proposal:
    """``kept`` stand already and stay; ``added`` are not saved yet; ``dropped`` stood in the last release."""

    on: date
    kept: list[Entry]
    added: list[Entry]
    dropped: int

    def decide(self) -> Decision:
        """The same list again is no new release."""
        if self.added or self.dropped:
            return allow()
        return refuse("没有勾选要列入的申请，名单与上一版相同，不用再公布。有新的申请备案后再公布")

    def lines(self) -> list[Line]:
        """Those that stay first, then the new ones, each by number; what needed no application comes last."""
        changes = [(entry, Change.KEPT) for entry in self.kept] + [(e, Change.ADDED) for e in self.added]
        changes.sort(key=lambda change: change[0].exempt)
        return [
            Line(position, entry, change, entry.standing(self.on))
            for position, (entry, change) in enumerate(changes, start=1)
        ]


def proposal_of(release: Release, on: date) -> Proposal:
    """What the draft would list, were it published on the day. Five queries for any number of lines."""
    chosen = release.applications.select_related("organisation", "handler").order_by("number", "pk")
    chosen = chosen.prefetch_related("joint_organisations", "bases", "absorbed__organisation")
    fields = [public_fields(application) for application in chosen]
    return propose(release, fields, on)


def propose(release: Release, fields: list[dict[str, Any]], on: date) -> Proposal:
    kept = list(Entry.objects.filter(district_id=release.district_id).current(on).order_by("number"))
    before = latest_release(release.district_id, other_than=release.pk)
    stood = set(before.items.values_list("entry_id", flat=True)) if before else set()
    added = new_entries(release, fields, on)
    return Proposal(on, kept, added, len(stood - {entry.pk for entry in kept}))


def new_entries(release: Release, fields: list[dict[str, Any]], on: date) -> list[Entry]:
    """Entries with their numbers, not saved: BMD, the year of the release, four digits (BMD20260001)."""
    prefix = f"{PREFIX}{release.year}"
    numbers = Entry.objects.filter(district_id=release.district_id, number__startswith=prefix)
    newest = numbers.order_by("-number").values_list("number", flat=True).first()
    last = int(newest.removeprefix(prefix)) if newest else 0
    return [
        Entry(district=release.district, number=f"{prefix}{serial:04d}", listed_on=on, **each)
        for serial, each in enumerate(fields, start=last + 1)
    ]
