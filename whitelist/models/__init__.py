from .activity import Activity, ActivityStep, CalendarFeed, Session, Visit
from .entry import Entry
from .release import Release, ReleaseItem
from .removal import Removal, RemovalStep

__all__ = [
    "Activity",
    "ActivityStep",
    "CalendarFeed",
    "Entry",
    "Release",
    "ReleaseItem",
    "Removal",
    "RemovalStep",
    "Session",
    "Visit",
]
