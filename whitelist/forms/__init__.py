"""Search lines, and the forms of the pages; a module a noun."""

from .objection import AnswerForm, ObjectionForm
from .public import ListSearch
from .release import PaperSignatureForm, PublicSearch, RegisterSearch, ReleaseForm, SignatureForm
from .removal import ProposalForm

__all__ = [
    "AnswerForm",
    "ListSearch",
    "ObjectionForm",
    "PaperSignatureForm",
    "ProposalForm",
    "PublicSearch",
    "RegisterSearch",
    "ReleaseForm",
    "SignatureForm",
]
