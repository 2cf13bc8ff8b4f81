"""What other apps may read of the whitelist."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q

from approvals.selectors import awaiting_publication
from approvals.states import Road
from jianfu.kernel.registry import TakenOff
from whitelist.models import Entry, Objection, Release
from whitelist.querysets import Entries
from whitelist.states import Kind, ObjectionState, Remedy


def waiting_applications(district_id: int, kind: str) -> Any:
    """Filed applications that the next release of the kind may list."""
    return awaiting_publication(district_id).filter(waits(kind))


def waits(kind: str) -> Q:
    """Of what awaits publication: those only registered stand apart."""
    registered = Q(road=Road.CAMPUS_EXEMPT)
    return registered if kind == Kind.EXEMPT else ~registered


def proposed_applications(district_id: int, kind: str) -> Any:
    """Those that come ticked: not what an adopted objection took out."""
    taken_out = Objection.objects.filter(state=ObjectionState.ADOPTED, remedy=Remedy.TAKE_OUT)
    return waiting_applications(district_id, kind).exclude(pk__in=taken_out.values("application"))


def current_entries(district_id: int, on: date) -> Entries:
    """On the list on the day: published, not removed, time not over; the exempt ones last."""
    return Entry.objects.filter(district_id=district_id).current(on).order_by("exempt", "number")


def listed_in_year(district_id: int, year: int) -> Entries:
    """The items of the year's plan that were listed: what I8a counts (000 r8, R69).

    Items, not visits: an item carried into a later release counts once, in the year it was applied for, also
    where its time reaches into the next one; else the comparison of I8b would count it twice. One that was
    removed later stays counted, for it was listed; and so is what was only registered (R42). What was changed
    counts as the one item it is: the entry that took its place.
    """
    rows = Entry.objects.filter(district_id=district_id, year=year).exclude(pk__in=_replaced())
    return rows.order_by("number")


def numbers_in_year(district_id: int, year: int) -> tuple[int, int]:
    """How many `listed_in_year` has, and how many of them were only registered: all of the year less the few
    that were replaced, for a list may be long."""
    rows = Entry.objects.filter(district_id=district_id, year=year)
    found = rows.aggregate(items=Count("pk"), exempt=Count("pk", filter=Q(exempt=True)))
    gone = list(rows.filter(pk__in=_replaced()).values_list("exempt", flat=True))
    return found["items"] - len(gone), found["exempt"] - sum(gone)


def _replaced() -> Entries:
    """Their keys; nearly no entry is."""
    keys: Entries = Entry.objects.filter(supersedes__isnull=False).order_by().values("supersedes")
    return keys


def entry_of(application_id: int) -> Entry | None:
    """The entry that an application became, or None while it is not published."""
    return Entry.objects.select_related("district").filter(application_id=application_id).first()


def first_release(district_id: int, year: int) -> Release | None:
    """The first whitelist that was published in the year, by its day."""
    releases = Release.objects.public().filter(district_id=district_id, kind=Kind.CAMPUS)
    return releases.filter(published_on__year=year).order_by("published_on", "pk").first()


def latest_release(
    district_id: int, *, kind: str = Kind.CAMPUS, other_than: int | None = None
) -> Release | None:
    """The release that now stands; its address and date are printed over the list."""
    releases = Release.objects.public().filter(district_id=district_id, kind=kind)
    return releases.exclude(pk=other_than).newest_first().first()


def taken_off(district_id: int, since: date) -> list[TakenOff]:
    """What left the list for a reason since that day; what only gave way to its own change did not."""
    rows = Entry.objects.filter(district_id=district_id, removed_on__gte=since, superseded_by__isnull=True)
    return [
        TakenOff(
            row.application_id,
            row.title,
            row.content,
            row.lead_name,
            row.number,
            row.removed_on,
            row.removal_reason,
        )
        for row in rows.order_by("-removed_on", "-pk")
    ]


def listed_between(district_id: int, first: date, last: date) -> Entries:
    """Entries of which some day lies between the two, those removed since included."""
    rows = Entry.objects.filter(district_id=district_id, starts_on__lte=last, ends_on__gte=first)
    return rows.only("application_id", "removed_on")
