"""The transition tables of this app, one module per noun."""

from .activity import ACTIVITIES, way_of
from .release import RELEASE

__all__ = [
    "ACTIVITIES",
    "RELEASE",
    "way_of",
]
