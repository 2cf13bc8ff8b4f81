"""The lists as files for other systems and for paper: JSON, CSV, the notice; what describes them."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from jianfu.kernel import dates
from jianfu.kernel.exchange import hand_out
from jianfu.organisations.selectors import districts
from whitelist import listing, openapi, opendata
from whitelist.states import Kind

from .caching import public_page

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
    response = HttpResponse(_MAKERS[form](shown), content_type=_TYPES[form])
    response["Access-Control-Allow-Origin"] = "*"
    if form == "csv":
        hand_out(response, f"{shown.title}{shown.dated:%Y%m%d}.csv")
    response.changed_at = shown.changed_at
    return response


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
        "version": opendata.VERSION,
        "tables": [
            ("名单", _fields(openapi.LIST)),
            ("release：一版名单", _fields(openapi.RELEASE)),
            ("items：名单上的一项", _fields(openapi.ITEM)),
            ("departures：不再列入的一项", _fields(openapi.DEPARTURE)),
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
