"""Search lines, and the forms of the pages; a module a noun."""

from .objection import AnswerForm, ObjectionForm
from .release import PaperSignatureForm, PublicSearch, RegisterSearch, ReleaseForm, SignatureForm
from .removal import ProposalForm

__all__ = [
    "AnswerForm",
    "ObjectionForm",
    "PaperSignatureForm",
    "ProposalForm",
    "PublicSearch",
    "RegisterSearch",
    "ReleaseForm",
    "SignatureForm",
]
