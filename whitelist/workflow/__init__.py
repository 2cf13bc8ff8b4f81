"""The transition tables of this app, one module per noun."""

from .activity import ACTIVITIES, way_of
from .objection import OBJECTION
from .release import RELEASE
from .removal import REMOVAL

__all__ = [
    "ACTIVITIES",
    "OBJECTION",
    "RELEASE",
    "REMOVAL",
    "way_of",
]
