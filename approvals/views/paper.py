"""What an application prints: the 申报审批表, and its documents as PDF or Word."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from approvals.exports import (
    Case,
    Paper,
    document_of,
    dossier,
    dossier_name,
    may_have_dossier,
)
from approvals.models import Application
from approvals.views.detail import visible
from jianfu.kernel import trail
from jianfu.kernel.decisions import require
from jianfu.kernel.documents import archive
from jianfu.kernel.documents.official import OfficialDocument, render_docx, render_pdf
from jianfu.kernel.exchange import CONTENT_TYPES, file_answer, hand_out

# The word in the address → the writer.
WRITERS: dict[str, Callable[[OfficialDocument], bytes]] = {"pdf": render_pdf, "docx": render_docx}


@login_required
def application_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The 申报审批表 at its short address, as PDF."""
    return _printed(request, pk, Paper.FORM, "pdf")


@login_required
@require_safe
def document(request: HttpRequest, pk: int, kind: str, format: str) -> HttpResponse:  # noqa: A002
    """One document; who may not have it, or has it too early, is told why."""
    if kind not in Paper.values or format not in WRITERS:
        raise Http404
    return _printed(request, pk, Paper(kind), format)


def _printed(request: HttpRequest, pk: int, paper: Paper, format: str) -> HttpResponse:  # noqa: A002
    application = visible(request, pk)
    made = WRITERS[format](document_of(Case(application, request.user), paper))
    trail.record(
        action="application.printed",
        target=application,
        by=request.user,
        data={"document": paper.label, "format": format},
    )
    return _answer(application, paper.label, made, format)


@login_required
@require_safe
def application_dossier(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """全套材料 as one archive, made while it is handed out."""
    application = visible(request, pk)
    case = Case(application, request.user)
    require(may_have_dossier(case))
    parts = dossier(case)
    trail.record(
        action="application.dossier",
        target=application,
        by=request.user,
        data={"files": [part.name for part in parts]},
    )
    answer = StreamingHttpResponse(archive.stream(parts), content_type=CONTENT_TYPES["zip"])
    hand_out(answer, dossier_name(case))
    return answer


def _answer(application: Application, label: str, content: bytes, format: str) -> HttpResponse:  # noqa: A002
    name = " ".join(part for part in (application.number, str(application), label) if part)
    return file_answer(content, name, format)
