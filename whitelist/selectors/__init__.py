"""What other apps may read of the whitelist; a module a noun."""

from .release import current_entries, entry_of, first_release, latest_release, listed_between, listed_in_year

__all__ = [
    "current_entries",
    "entry_of",
    "first_release",
    "latest_release",
    "listed_between",
    "listed_in_year",
]
