"""续借: the approvals that one borrowing rests on, each extending the one before, against the cap (B4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from jianfu.kernel.policy import figure_value

from .figures import BORROWING_CAP
from .models import Application
from .rules.secondment import last_day_together
from .states import DECIDED, STOPPED, State
from .surroundings import borrowed_before

_NEVER = 600  # months, so that a slip in a date does not count for ever


@dataclass(frozen=True)
class ChainLink:
    """One approval, or an application for the next one that is under way."""

    application: Application
    approved: bool
    months: int  # together with all before it


@dataclass(frozen=True)
class Chain:
    """``months`` of all that is approved; ``latest`` is the last day that the cap allows."""

    links: tuple[ChainLink, ...]
    months: int
    cap: int
    latest: date

    @property
    def left(self) -> int:
        return self.cap - self.months


def borrowing_chain(application: Application) -> Chain:
    """From the first approval to ``application``, and the renewals that were handed in after it."""
    approved = _before(application)
    # What is asked for next is counted as the guard of the approval will count it.
    waiting = application.successors.exclude(state__in=STOPPED | {State.DRAFTED}).select_related("borrowing")
    later = [row for row in waiting.order_by("pk") if row.state not in DECIDED]
    links = tuple(ChainLink(row, row in approved, months_together(row)) for row in [*approved, *later])
    cap = int(figure_value(BORROWING_CAP, application.district_id, application.starts_on))
    latest = last_day_together(application.starts_on, borrowed_before(application), cap)
    return Chain(links, links[len(approved) - 1].months, cap, latest)


def months_together(application: Application) -> int:
    """Calendar months begun since the first borrowing, days back at school left out."""
    before = borrowed_before(application)
    ends, starts = application.ends_on, application.starts_on
    if not ends or not starts:
        return 0
    return next(m for m in count(1) if m == _NEVER or ends <= last_day_together(starts, before, m))


def _before(application: Application) -> list[Application]:
    found: list[Application] = []
    row: Any = application
    while row is not None:
        found.insert(0, row)
        row = row.predecessor
    return found
