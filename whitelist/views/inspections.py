"""督查检查评比考核清单 for everybody: the published list of a year, the off-plan items apart (R19, R37)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from jianfu.kernel import dates
from jianfu.kernel.exchange import file_answer
from jianfu.organisations.selectors import districts
from whitelist import opendata_inspections
from whitelist.inspections import (
    COLUMNS,
    InspectionListing,
    as_paper,
    as_workbook,
    lines_of_version,
    listing_of,
    versions_of,
    years_of,
)

from .caching import public_page
from .files import open_answer


@public_page
def choose(request: HttpRequest) -> HttpResponse:
    """The only district's list at once; several to choose from."""
    found = list(districts())
    if len(found) == 1:
        return redirect("whitelist:inspection_latest", found[0].code)
    context = {"districts": found, "public_active": "inspections", "inspections": True}
    return render(request, "whitelist/choose.html", context)


@public_page
def latest(request: HttpRequest, code: str) -> HttpResponse:
    """The newest published list, or that there is none yet."""
    district = get_object_or_404(districts(), code=code)
    years = years_of(district)
    return _page(request, district, listing_of(district, years[0]) if years else None, years)


@public_page
def of_year(request: HttpRequest, code: str, year: int) -> HttpResponse:
    district = get_object_or_404(districts(), code=code)
    return _page(request, district, _found(district, year), years_of(district))


def _found(district: Any, year: int) -> InspectionListing:
    """A list that is not published does not exist for the public."""
    found = listing_of(district, year) if year < 10_000 else None
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, district: Any, listing: InspectionListing | None, years: list[int]
) -> HttpResponse:
    context = {
        "district": district,
        "listing": listing,
        "years": years,
        "versions": versions_of(district, listing.year) if listing else [],
        "public_active": "inspections",
    }
    response = render(request, "whitelist/inspections.html", context)
    response.changed_at = listing.changed_at if listing else None
    return response


@public_page
def version(request: HttpRequest, code: str, year: int, serial: int) -> HttpResponse:
    """One version as it was published, with what it changed; the list in force is the year's own page."""
    district = get_object_or_404(districts(), code=code)
    release = get_object_or_404(versions_of(district, year), serial=serial)
    lines, gone = lines_of_version(release)
    context = {
        "district": district,
        "release": release,
        "columns": COLUMNS,
        "planned": [line for line in lines if not line.single],
        "single": [line for line in lines if line.single],
        "gone": gone,
        "tagged": release.tells_what_is_new,
        "versions": versions_of(district, year),
        "public_active": "inspections",
    }
    response = render(request, "whitelist/inspection_version.html", context)
    response.changed_at = release.state_entered_at
    return response


@public_page
def workbook(_request: HttpRequest, code: str, year: int) -> HttpResponse:
    district = get_object_or_404(districts(), code=code)
    found = _found(district, year)
    return _file(found, as_workbook(found), "xlsx")


@public_page
def paper(_request: HttpRequest, code: str, year: int) -> HttpResponse:
    district = get_object_or_404(districts(), code=code)
    found = _found(district, year)
    return _file(found, as_paper(found), "pdf")


def _file(listing: InspectionListing, content: bytes, extension: str) -> HttpResponse:
    response = file_answer(content, listing.title, extension)
    response.changed_at = listing.changed_at
    return response


@public_page
def list_file(_request: HttpRequest, code: str, year: int, form: str) -> HttpResponse:
    """The year's list in force, for other systems."""
    district = get_object_or_404(districts(), code=code)
    found = _found(district, year)
    cells = [line.cells for _name, lines in found.sections for line in lines]
    newest = versions_of(district, year).first()
    record = partial(opendata_inspections.record_in_force, found, newest, dates.today())
    return _open(form, record, cells, found.title, found.changed_at)


@public_page
def version_file(_request: HttpRequest, code: str, year: int, serial: int, form: str) -> HttpResponse:
    district = get_object_or_404(districts(), code=code)
    versions = versions_of(district, year).select_related("district")
    release = get_object_or_404(versions, serial=serial)
    cells = [line.cells for line in lines_of_version(release)[0]]
    record = partial(opendata_inspections.record_of_version, release)
    return _open(form, record, cells, release.title, release.state_entered_at)


def _open(form: str, record: Callable[[], Any], cells: list[Any], name: str, changed_at: Any) -> HttpResponse:
    if form == "json":
        return open_answer(opendata_inspections.as_json(record()), form, name, changed_at)
    if form == "csv":
        return open_answer(opendata_inspections.as_csv(cells), form, name, changed_at)
    raise Http404
