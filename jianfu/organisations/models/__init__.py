"""Who there is: districts, their organisations, natural people, their accounts and roles."""

from .account import User, UserManager
from .calendar import CalendarDay
from .district import District, PolicyValue
from .membership import Delegation, Membership
from .organisation import Organisation
from .person import DigestMail, Person
from .school_calendar import SchoolSpan, SchoolTerm

__all__ = [
    "CalendarDay",
    "Delegation",
    "DigestMail",
    "District",
    "Membership",
    "Organisation",
    "Person",
    "PolicyValue",
    "SchoolSpan",
    "SchoolTerm",
    "User",
    "UserManager",
]
