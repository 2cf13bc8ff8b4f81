from .activity import Activity, ActivityStep, CalendarFeed, Session, Visit
from .entry import Entry
from .evaluation import Feedback, Voice
from .objection import Objection
from .release import Departure, Release, ReleaseItem, ReleaseStep
from .removal import Removal, RemovalStep

__all__ = [
    "Activity",
    "ActivityStep",
    "CalendarFeed",
    "Departure",
    "Entry",
    "Feedback",
    "Objection",
    "Release",
    "ReleaseItem",
    "ReleaseStep",
    "Removal",
    "RemovalStep",
    "Session",
    "Visit",
    "Voice",
]
