"""The doors to the rows of this app."""

from .activity import Activities, Feeds, Sessions, Visits
from .evaluation import Feedbacks, Voices
from .objection import Objections
from .release import Entries, ReleaseItems, Releases
from .removal import Removals

__all__ = [
    "Activities",
    "Entries",
    "Feedbacks",
    "Feeds",
    "Objections",
    "ReleaseItems",
    "Releases",
    "Removals",
    "Sessions",
    "Visits",
    "Voices",
]
