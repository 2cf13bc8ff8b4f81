"""By what a list can be narrowed: the units, themes and months on it, and nothing that would find none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Min

from approvals.selectors import theme_names
from jianfu.kernel.dates import add_months

from .listing import Listing
from .stamps import remembered

MONTHS = 24

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Offered:
    """How many rows there are, and value and label of each choice."""

    count: int
    leads: Choices
    themes: Choices
    months: Choices


def offered_by(listing: Listing) -> Offered:
    """One query over the index; remembered until an entry or a release is written, or another day."""
    return remembered(listing.district.code, f"offered.{listing.key}", lambda: _read(listing))


def _read(listing: Listing) -> Offered:
    path = "" if listing.in_force else "entry__"
    rows = listing.rows.order_by().values(lead=F(f"{path}lead_name"), about=F(f"{path}theme"))
    found = list(rows.annotate(first=Min(f"{path}starts_on"), last=Max(f"{path}ends_on"), count=Count("pk")))
    names = theme_names()
    themes = sorted({row["about"] for row in found} & names.keys(), key=names.__getitem__)
    leads = sorted({row["lead"] for row in found})
    first = min((row["first"] for row in found), default=listing.on)
    last = max((row["last"] for row in found), default=listing.on)
    if listing.in_force:
        first = max(first, listing.on)  # what was before today cannot be visited any more
    return Offered(
        count=sum(row["count"] for row in found),
        leads=[(lead, lead) for lead in leads],
        themes=[(key, names[key]) for key in themes],
        months=_months(first, last),
    )


def _months(first: date, last: date) -> Choices:
    month, found = first.replace(day=1), []
    while month <= last and len(found) < MONTHS:
        found.append((f"{month:%Y-%m}", f"{month.year}年{month.month}月"))
        month = add_months(month, 1)
    return found
