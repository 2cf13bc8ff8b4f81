"""What approvals print and hand out."""

from .case import Case
from .documents import document_of, papers
from .dossier import dossier, dossier_name
from .kinds import Paper
from .permissions import may_have_dossier

__all__ = [
    "Case",
    "Paper",
    "document_of",
    "dossier",
    "dossier_name",
    "may_have_dossier",
    "papers",
]
