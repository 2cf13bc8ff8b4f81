"""The doors to the rows of this app."""

from .activity import Activities, Feeds, Sessions, Visits
from .evaluation import Feedbacks, Voices
from .release import Entries, ReleaseItems, Releases
from .removal import Removals

__all__ = [
    "Activities",
    "Entries",
    "Feedbacks",
    "Feeds",
    "ReleaseItems",
    "Releases",
    "Removals",
    "Sessions",
    "Visits",
    "Voices",
]
