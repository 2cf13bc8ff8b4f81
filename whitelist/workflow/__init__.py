"""The transition tables of this app, one module per noun."""

from .activity import ACTIVITIES, way_of
from .release import RELEASE
from .removal import REMOVAL

__all__ = [
    "ACTIVITIES",
    "RELEASE",
    "REMOVAL",
    "way_of",
]
