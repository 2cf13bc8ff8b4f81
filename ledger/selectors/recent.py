"""What the registers said within the last minute, for pages that only tell whether records have moved.

The grid and the badge stand open all day; the registers are not counted for each look. A figure that nobody
has answered for is always counted anew, and so is the page of one row.
"""

from __future__ import annotations

from django.core.cache import cache

from jianfu.kernel import dates
from ledger.models import BlankValue, Ledger

from .figures import Asked

SECONDS = 60


class Recent(Asked):
    """``at`` is when the oldest of the answers was given."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__(ledger)
        self.at, known = cache.get(_key(ledger)) or (dates.now(), {})
        self._said.update(known)
        self._known = len(known)

    def is_older_than(self, blank: BlankValue) -> bool:
        """Somebody has answered for the figure since: what was said before says nothing against it."""
        return blank.confirmed_at is not None and blank.confirmed_at > self.at

    def keep(self) -> None:
        """For the next page."""
        if len(self._said) > self._known:
            cache.set(_key(self.ledger), (self.at, self._said), SECONDS)


def _key(ledger: Ledger) -> str:
    return f"ledger-said-{ledger.pk}"
