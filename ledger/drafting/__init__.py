"""起草: entries of 落实情况 proposed from the records. Each file declares its sources when imported."""

from . import approvals, complaint, registers, secondment, whitelist
from .proposal import DRAFTS, LIMIT, Draft, Proposal, proposals

__all__ = [
    "DRAFTS",
    "LIMIT",
    "Draft",
    "Proposal",
    "approvals",
    "complaint",
    "proposals",
    "registers",
    "secondment",
    "whitelist",
]
