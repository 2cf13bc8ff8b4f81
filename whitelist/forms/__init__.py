"""Search lines, and the forms of the pages; a module a noun."""

from .activity import ActivitySearch, MoveForm, PasteForm, PickForm, PlanForm
from .objection import AnswerForm, ObjectionForm
from .public import ListSearch
from .release import PaperSignatureForm, PublicSearch, RegisterSearch, ReleaseForm, SignatureForm
from .removal import ProposalForm
from .visit import UnlistedForm, VisitForm

__all__ = [
    "ActivitySearch",
    "AnswerForm",
    "ListSearch",
    "MoveForm",
    "ObjectionForm",
    "PaperSignatureForm",
    "PasteForm",
    "PickForm",
    "PlanForm",
    "ProposalForm",
    "PublicSearch",
    "RegisterSearch",
    "ReleaseForm",
    "SignatureForm",
    "UnlistedForm",
    "VisitForm",
]
