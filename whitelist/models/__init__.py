from .activity import Activity, ActivityStep, CalendarFeed, Session, Visit
from .entry import Entry
from .release import Release, ReleaseItem

__all__ = [
    "Activity",
    "ActivityStep",
    "CalendarFeed",
    "Entry",
    "Release",
    "ReleaseItem",
    "Session",
    "Visit",
]
