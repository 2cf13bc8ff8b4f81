"""Search lines, and the forms of the pages; a module a noun."""

from .release import PublicSearch, RegisterSearch, ReleaseForm
from .removal import ProposalForm

__all__ = [
    "ProposalForm",
    "PublicSearch",
    "RegisterSearch",
    "ReleaseForm",
]
