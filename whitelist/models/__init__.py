from .activity import Activity, ActivityStep, CalendarFeed, Session, Visit
from .clue import ClosedClue
from .complaint import (
    Complaint,
    ComplaintEvidence,
    ComplaintMessage,
    ComplaintReminder,
    ComplaintStep,
)
from .entry import Entry
from .evaluation import Feedback, Voice
from .inspection import InspectionLine
from .monitoring import MonitoringPoint, MonthlyReport
from .objection import Objection
from .release import Departure, Release, ReleaseItem, ReleaseStep
from .removal import Removal, RemovalStep
from .upper import UpperItem

__all__ = [
    "Activity",
    "ActivityStep",
    "CalendarFeed",
    "ClosedClue",
    "Complaint",
    "ComplaintEvidence",
    "ComplaintMessage",
    "ComplaintReminder",
    "ComplaintStep",
    "Departure",
    "Entry",
    "Feedback",
    "InspectionLine",
    "MonitoringPoint",
    "MonthlyReport",
    "Objection",
    "Release",
    "ReleaseItem",
    "ReleaseStep",
    "Removal",
    "RemovalStep",
    "Session",
    "UpperItem",
    "Visit",
    "Voice",
]
