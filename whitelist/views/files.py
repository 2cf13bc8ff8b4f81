"""The lists as files for other systems and for paper: JSON, CSV, the notice; what describes them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from jianfu.kernel import dates
from jianfu.kernel.documents.official import render_docx, render_pdf
from jianfu.kernel.exchange import file_answer, hand_out
from jianfu.organisations.selectors import districts
from whitelist import listing, openapi, opendata
from whitelist.models import Release
from whitelist.notice import Content, Paper, document_of
from whitelist.proposal import Gone, Line, proposal_of
from whitelist.states import Kind

from .caching import public_page

_WRITERS = {"pdf": render_pdf, "docx": render_docx}
_MAKERS = {"json": opendata.as_json, "csv": opendata.as_csv}
_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


def _listing(code: str, kind: str, year: int | None, serial: int | None) -> listing.Listing:
    district = get_object_or_404(districts(), code=code)
    if year is None:
        return listing.current(district, dates.today(), kind)
    found = get_object_or_404(listing.releases(district, kind), year=year, serial=serial)
    return listing.of_release(district, found, dates.today())


@public_page
def list_file(
    _request: HttpRequest,
    code: str,
    form: str,
    kind: str = Kind.CAMPUS,
    year: int | None = None,
    serial: int | None = None,
) -> HttpResponse:
    """JSON is shown, CSV is saved. Any page may read them: they hold nothing that is not public."""
    if form not in _MAKERS:
        raise Http404
    shown = _listing(code, kind, year, serial)
    name = f"{shown.title}{shown.dated:%Y%m%d}"
    return open_answer(_MAKERS[form](shown), form, name, shown.changed_at)


def open_answer(content: bytes, form: str, name: str, changed_at: datetime | None) -> HttpResponse:
    response = HttpResponse(content, content_type=_TYPES[form])
    response["Access-Control-Allow-Origin"] = "*"
    if form == "csv":
        hand_out(response, f"{name}.csv")
    response.changed_at = changed_at
    return response


@public_page
def announcement(
    _request: HttpRequest, code: str, form: str, year: int, serial: int, kind: str = Kind.CAMPUS
) -> HttpResponse:
    """公告 of a published release, as everybody may keep it."""
    shown = _listing(code, kind, year, serial)
    response = _paper(shown.release, list(shown.lines(shown.rows, first=1)), shown.departures, form)
    response.changed_at = shown.changed_at
    return response


@login_required
@require_safe
def circular(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """通知 for departments and schools; of a release on its way as it would read today."""
    rows = Release.objects.visible_to(request.user).select_related("district")
    release = get_object_or_404(rows, pk=pk)
    if release.is_open:
        proposal = proposal_of(release, dates.today())
        return _paper(release, proposal.lines(), proposal.gone, form, Paper.CIRCULAR)
    shown = listing.of_release(release.district, release, dates.today())
    lines = list(shown.lines(shown.rows, first=1))
    return _paper(release, lines, shown.departures, form, Paper.CIRCULAR)


def _paper(
    release: Any, lines: list[Line], gone: list[Gone], form: str, paper: Paper = Paper.ANNOUNCEMENT
) -> HttpResponse:
    if form not in _WRITERS:
        raise Http404
    document = document_of(Content(release, lines, gone), paper)
    return file_answer(_WRITERS[form](document), document.title, form)


@public_page
def schema(_request: HttpRequest) -> HttpResponse:
    content = json.dumps(openapi.document(), ensure_ascii=False, indent=1)
    response = HttpResponse(content, content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@public_page
def explained(request: HttpRequest, code: str) -> HttpResponse:
    """The same for people: the addresses of this district, and every field in Chinese."""
    district = districts().filter(code=code).first()
    if district is None:
        raise Http404
    newest = listing.releases(district).first()
    context = {
        "district": district,
        "newest": newest,
        "inspected": listing.releases(district, Kind.INSPECTION).first(),
        "version": opendata.VERSION,
        "tables": [
            ("名单", _fields(openapi.LIST)),
            ("release：一版名单", _fields(openapi.RELEASE)),
            ("items：名单上的一项", _fields(openapi.ITEM)),
            ("departures：不再列入的一项", _fields(openapi.DEPARTURE)),
            ("督查检查评比考核清单", _fields(openapi.INSPECTIONS)),
            ("items、departures：清单上的一项", _fields(openapi.INSPECTION)),
        ],
        "public_active": "list",
    }
    return render(request, "whitelist/public_data.html", context)


_KINDS = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "是否",
    "array": "列表",
    "object": "对象",
}


def _fields(schema: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Name, kind and meaning of each field."""
    return [
        (name, _kind(field), field.get("description", "—")) for name, field in schema["properties"].items()
    ]


def _kind(field: dict[str, Any]) -> str:
    if field.get("format") == "date":
        return "日期"
    said = field.get("type", "object" if "anyOf" in field else "string")
    return _KINDS[said if isinstance(said, str) else said[0]]
