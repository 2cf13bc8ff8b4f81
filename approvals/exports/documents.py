"""The documents of an application: which are papers, and how each is made."""

from __future__ import annotations

from collections.abc import Callable

from jianfu.kernel.decisions import require
from jianfu.kernel.documents.official import OfficialDocument

from .application_form import approval_form
from .case import Case
from .filing import filing_report
from .flow import flow_sheet
from .kinds import Paper
from .notices import refusal_notice, return_notice
from .panel import panel_sheet
from .permissions import may_print
from .reply import reply

_WRITTEN: dict[Paper, Callable[[Case], OfficialDocument]] = {
    Paper.FORM: approval_form,
    Paper.PANEL: panel_sheet,
    Paper.FLOW: flow_sheet,
    Paper.REPLY: reply,
    Paper.FILING: filing_report,
    Paper.RETURN: return_notice,
    Paper.REFUSAL: refusal_notice,
}


def papers(case: Case) -> list[Paper]:
    """What there is to print now, for this person."""
    return [paper for paper in Paper if may_print(case, paper)]


def document_of(case: Case, paper: Paper) -> OfficialDocument:
    """Raises `Refused`, in words, where the document does not exist yet or is not for this person."""
    require(may_print(case, paper))
    return _WRITTEN[paper](case)
