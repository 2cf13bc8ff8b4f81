from .delegation import delegate, end_delegation
from .digest import claim_digest, release_digest
from .holidays import load_holidays
from .opening import SECTIONS, Opened, open_district
from .people import find_or_add_person, grant_role, identity_digest, open_account

__all__ = [
    "SECTIONS",
    "Opened",
    "claim_digest",
    "delegate",
    "end_delegation",
    "find_or_add_person",
    "grant_role",
    "identity_digest",
    "load_holidays",
    "open_account",
    "open_district",
    "release_digest",
]
