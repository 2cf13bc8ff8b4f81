"""The doors to the rows of this app."""

from .activity import Activities, Feeds, Sessions, Visits
from .release import Entries, ReleaseItems, Releases

__all__ = [
    "Activities",
    "Entries",
    "Feeds",
    "ReleaseItems",
    "Releases",
    "Sessions",
    "Visits",
]
