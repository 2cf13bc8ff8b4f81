from .delegation import delegate, end_delegation
from .holidays import load_holidays
from .opening import SECTIONS, Opened, open_district
from .people import find_or_add_person, grant_role, identity_digest

__all__ = [
    "SECTIONS",
    "Opened",
    "delegate",
    "end_delegation",
    "find_or_add_person",
    "grant_role",
    "identity_digest",
    "load_holidays",
    "open_district",
]
