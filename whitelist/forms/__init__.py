"""Search lines, and the forms of the pages; a module a noun."""

from .release import PaperSignatureForm, PublicSearch, RegisterSearch, ReleaseForm, SignatureForm
from .removal import ProposalForm

__all__ = [
    "PaperSignatureForm",
    "ProposalForm",
    "PublicSearch",
    "RegisterSearch",
    "ReleaseForm",
    "SignatureForm",
]
