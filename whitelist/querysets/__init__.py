"""The doors to the rows of this app."""

from .activity import Activities, Feeds, Sessions, Visits
from .clue import ClosedClues
from .evaluation import Feedbacks, Voices
from .monitoring import MonitoringRows
from .objection import Objections
from .release import Entries, ReleaseItems, Releases
from .removal import Removals
from .upper import UpperItems

__all__ = [
    "Activities",
    "ClosedClues",
    "Entries",
    "Feedbacks",
    "Feeds",
    "MonitoringRows",
    "Objections",
    "ReleaseItems",
    "Releases",
    "Removals",
    "Sessions",
    "UpperItems",
    "Visits",
    "Voices",
]
