"""What other apps may read of the whitelist; a module a noun."""

from .activity import (
    HeldVisit,
    TermLoads,
    held_sessions,
    plannable,
    refused_visits,
    sessions_today,
    term_loads,
    unlisted_visits,
    visits_of,
)
from .release import (
    current_entries,
    entry_of,
    first_release,
    latest_release,
    listed_between,
    listed_in_year,
    numbers_in_year,
    proposed_applications,
    taken_off,
    waiting_applications,
    waits,
)

__all__ = [
    "HeldVisit",
    "TermLoads",
    "current_entries",
    "entry_of",
    "first_release",
    "held_sessions",
    "latest_release",
    "listed_between",
    "listed_in_year",
    "numbers_in_year",
    "plannable",
    "proposed_applications",
    "refused_visits",
    "sessions_today",
    "taken_off",
    "term_loads",
    "unlisted_visits",
    "visits_of",
    "waiting_applications",
    "waits",
]
