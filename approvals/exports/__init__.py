"""What approvals print and hand out."""

from .application_form import approval_form
from .case import Case
from .documents import document_of, papers
from .kinds import Paper

__all__ = ["Case", "Paper", "approval_form", "document_of", "papers"]
