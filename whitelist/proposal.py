"""What a release would list on a day: the same answer for the preview and for the publication itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from approvals.states import Level
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.decisions import Decision, allow, refuse

from .models import Entry, Release, UpperItem
from .selectors import latest_release
from .snapshot import public_fields
from .states import NUMBER_PREFIX, Change, Kind, Leaving, Standing


@dataclass(frozen=True)
class Line:
    """One line of a list: 序号, entry, what the release did with it, how it stands on the day of reading."""

    position: int
    entry: Entry
    change: Change | None
    standing: Standing
    source_level: str = Level.DISTRICT

    @property
    def source(self) -> str:
        """来源级别 in words."""
        return str(Level(self.source_level).label)

    @property
    def is_new(self) -> bool:
        return self.change == Change.ADDED

    @property
    def mark(self) -> str:
        """新增 or 调整; what only stays needs no word."""
        return self.change.label if self.change in (Change.ADDED, Change.CHANGED) else ""

    @property
    def gone(self) -> bool:
        """It was published and stands no longer."""
        return self.standing != Standing.VALID


@dataclass(frozen=True)
class Gone:
    """What the release before lists and this one does not: why, since when."""

    entry: Entry
    why: Leaving
    reason: str
    happened_on: date


@dataclass(frozen=True)
class Proposal:
    """``kept`` stand already and stay; ``added`` are not saved yet; ``gone`` stood in the last release."""

    on: date
    kept: list[Entry]
    added: list[Entry]
    gone: list[Gone]

    @property
    def replaced(self) -> list[Entry]:
        """Those that leave because of a line of this very release."""
        return [each.entry for each in self.gone if each.why == Leaving.REPLACED]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, in the order in which they are told; 调整 counts once."""
        changes = [_change(entry) for entry in self.added]
        leaving = [each.why for each in self.gone]
        return {
            Change.ADDED.label: changes.count(Change.ADDED),
            Change.CHANGED.label: changes.count(Change.CHANGED),
            Change.KEPT.label: len(self.kept),
            Leaving.REMOVED.label: leaving.count(Leaving.REMOVED),
            Leaving.ENDED.label: leaving.count(Leaving.ENDED),
        }

    def decide(self) -> Decision:
        """The same list again is no new release."""
        if self.added or self.gone:
            return allow()
        return refuse("没有勾选要列入的申请，名单与上一版相同，不用再公布。有新的申请备案后再公布")

    def lines(self) -> list[Line]:
        """Those that stay first, then the new ones, each by number; what needed no application comes last."""
        changes = [(entry, Change.KEPT) for entry in self.kept]
        changes += [(entry, _change(entry)) for entry in self.added]
        changes.sort(key=lambda change: change[0].exempt)
        return [
            Line(position, entry, change, entry.standing(self.on), entry.source_level)
            for position, (entry, change) in enumerate(changes, start=1)
        ]


def _change(entry: Entry) -> Change:
    return Change.CHANGED if entry.supersedes_id else Change.ADDED


def proposal_of(release: Release, on: date, *, lock: bool = False) -> Proposal:
    """What the draft would list, were it published on the day. Six queries for any number of lines.

    ``lock`` holds what stands until the transaction ends: a removal at the same time comes before or after.
    """
    chosen = release.applications.select_related("organisation", "handler").order_by("number", "pk")
    chosen = chosen.prefetch_related("joint_organisations", "bases", "absorbed__organisation")
    fields = [{**public_fields(row), "_follows": row.predecessor_id} for row in chosen]
    return propose(release, fields, on, lock=lock)


def propose(release: Release, fields: list[dict[str, Any]], on: date, *, lock: bool = False) -> Proposal:
    """``_follows`` names the application that the new one changes: its entry gives way."""
    rows = Entry.objects.filter(district_id=release.district_id).of_kind(release.kind).current(on)
    standing = list((rows.select_for_update() if lock else rows).order_by("number"))
    changed = {
        entry.application_id: entry
        for entry in standing
        if entry.application_id in {each.get("_follows") for each in fields} - {None}
    }
    added = new_entries(release, fields, changed, on)
    _name_sources(release, added)
    replaced = {entry.supersedes_id: entry for entry in added if entry.supersedes_id}
    kept = [entry for entry in standing if entry.pk not in replaced]
    gone = [_gone(entry, replaced.get(entry.pk), on) for entry in _no_longer(release, kept)]
    return Proposal(on, kept, added, gone)


def _name_sources(release: Release, added: list[Entry]) -> None:
    """An upper item of the same name is where it comes from; another can be chosen afterwards."""
    rows = UpperItem.objects.filter(
        district_id=release.district_id, title__in=[entry.title for entry in added]
    )
    known = {item.title: item for item in rows.order_by("year", "-pk")}
    for entry in added:
        if item := known.get(entry.title):
            entry.upper, entry.source_level = item, item.level


def _no_longer(release: Release, kept: list[Entry]) -> list[Entry]:
    """What the release before lists, of this kind, and nothing of what stays."""
    before = latest_release(release.district_id, kind=release.kind, other_than=release.pk)
    if before is None:
        return []
    stays = {entry.pk for entry in kept}
    rows = Entry.objects.filter(listings__release=before, exempt=release.kind == Kind.EXEMPT)
    return [entry for entry in rows.order_by("number") if entry.pk not in stays]


def _gone(entry: Entry, instead: Entry | None, on: date) -> Gone:
    if instead is not None:
        return Gone(entry, Leaving.REPLACED, replaced_by(instead), on)
    if entry.removed_on and entry.removed_on <= on:
        return Gone(entry, Leaving.REMOVED, entry.removal_reason, entry.removed_on)
    return Gone(entry, Leaving.ENDED, f"批准的开展时间已于{chinese_date(entry.ends_on)}结束", entry.ends_on)


def replaced_by(entry: Entry) -> str:
    return f"调整后重新批准，改列为{entry.number}"


def new_entries(
    release: Release, fields: list[dict[str, Any]], changed: dict[Any, Entry], on: date
) -> list[Entry]:
    """Entries with their numbers, not saved: BMD, the year of the release, four digits (BMD20260001)."""
    prefix = f"{NUMBER_PREFIX}{release.year}"
    numbers = Entry.objects.filter(district_id=release.district_id, number__startswith=prefix)
    newest = numbers.order_by("-number").values_list("number", flat=True).first()
    last = int(newest.removeprefix(prefix)) if newest else 0
    return [
        Entry(
            district=release.district,
            number=f"{prefix}{serial:04d}",
            listed_on=on,
            supersedes=changed.get(each.get("_follows")),
            **{name: value for name, value in each.items() if name != "_follows"},
        )
        for serial, each in enumerate(fields, start=last + 1)
    ]
