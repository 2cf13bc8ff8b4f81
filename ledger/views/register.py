"""The registers to read: all of them, one list, one item, the years side by side, and the files."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from jianfu.handouts.services import deliver
from jianfu.kernel import dates, registry
from jianfu.kernel.decisions import Decision, require
from ledger.drafting import problem
from ledger.exports.register import KIND
from ledger.forms.register_choice import chosen_rows
from ledger.permissions import register as permissions
from ledger.registers import REGISTERS, Register, reading, words
from ledger.states import TONES

PAGE = 50
YEARS = 5


def register_or_404(slug: str) -> Register:
    if slug not in REGISTERS:
        raise Http404
    return REGISTERS[slug]


@login_required
@require_safe
def register_list(request: HttpRequest) -> HttpResponse:
    """All registers with this year's numbers against last year's."""
    require(permissions.may_read_registers(request.user))
    year = dates.today().year
    cards = []
    for register in REGISTERS.values():
        rows = register.model.objects.visible_to(request.user)
        before, now = reading.year_lines(rows, (year - 1, year))
        found = reading.rebound(register, request.user.district_id, now, before)
        cards.append({"register": register, "now": now, "before": before, "findings": found})
    return render(request, "ledger/registers.html", {"cards": cards, "year": year})


@login_required
@require_safe
def item_list(request: HttpRequest, register: str) -> HttpResponse:
    known = register_or_404(register)
    require(permissions.may_read(request.user, known))
    form, rows, basis = chosen_rows(request.user, known, request.GET)
    rows = reading.in_order(reading.rows_for_list(known, rows), request.GET.get("sort", ""), known)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = [column for column in known.columns if column.on_screen]
    context = {
        "register": known,
        "form": form,
        "basis": basis,
        "page": page,
        "columns": shown,
        "lines": [_line(item, shown) for item in page],
        "may_add": permissions.may_add(request.user, known),
        "searching": bool(request.GET),
        "year": dates.today().year,
        "waiting": known.disposes and _waiting(request.user, known),
        "offers": problem.offers(request.user) if known.slug == problem.SLUG else [],
    }
    return render(request, "ledger/register_list.html", context)


@login_required
@require_safe
def item_detail(request: HttpRequest, register: str, pk: int) -> HttpResponse:
    return show_item(request, register_or_404(register), pk)


def show_item(
    request: HttpRequest, known: Register, pk: int, *, refused: Decision | None = None, note: str = ""
) -> HttpResponse:
    """The page of an item; after a refused step with the reasons and the words that were typed."""
    item = visible_item(request, known, pk)
    change = permissions.may_change(request.user, item)
    context = {
        "register": known,
        "item": item,
        "facts": [
            (column.heading, words(item, column), column.width_mm > 40)
            for column in known.columns
            if column.name != "name"
        ],
        "findings": reading.findings(known, item, dates.today()),
        "standing": _standing(known, item),
        **_steps(known, item, request.user),
        "lines": refused.reasons if refused is not None else [],
        "note": note,
        "absorbed": list(item.absorbed.valid()),
        "may_change": change,
        "may_dispose": known.disposes and permissions.may_dispose(request.user, item),
        "has_history": item in registry.historied[known.history].visible_to(request.user),
    }
    return render(request, "ledger/register_item.html", context, status=409 if refused is not None else 200)


def _standing(register: Register, item: Any) -> tuple[str, str]:
    if item.is_voided:
        return "已作废", "grey"
    if register.workflow:
        return item.get_state_display(), TONES[item.state]
    return (item.get_verdict_display(), "grey") if item.is_ended else ("在用", "green")


def _steps(register: Register, item: Any, by: Any) -> dict[str, Any]:
    """What the item's workflow offers; the box for words is called what the first step calls it."""
    if register.workflow is None:
        return {"options": []}
    options = register.workflow.available(item, by)
    asked = [option.transition for option in options if option.transition.note_required]
    return {
        "options": options,
        "note_label": asked[0].note_label if asked else "意见",
        "note_required": len(asked) == len(options),
    }


@login_required
@require_safe
def item_years(request: HttpRequest, register: str) -> HttpResponse:
    """Each year's numbers beside the year before, with a word where it is more (R14)."""
    known = register_or_404(register)
    require(permissions.may_read(request.user, known))
    rows = known.model.objects.visible_to(request.user)
    newest = dates.today().year
    first = max(reading.first_year(rows) or newest, newest - YEARS)
    lines = reading.year_lines(rows, range(first, newest + 1))
    pairs = list(zip(lines, [None, *lines[:-1]], strict=True))
    district = request.user.district_id
    shown = [(line, reading.rebound(known, district, line, before)) for line, before in reversed(pairs)]
    return render(request, "ledger/register_years.html", {"register": known, "lines": shown})


@login_required
@require_safe
def item_export(request: HttpRequest, register: str, extension: str) -> HttpResponse:
    """The rows of the list as it is filtered; a long file is made beside the server. Each one an event."""
    known = register_or_404(register)
    about = {"register": known.slug, "extension": extension, "query": request.GET.urlencode()}
    return deliver(kind=KIND, about=about, by=request.user, target=request.user.person.district)


def visible_item(request: HttpRequest, register: Register, pk: int) -> Any:
    rows = reading.rows_for_list(register, register.model.objects.visible_to(request.user))
    return get_object_or_404(rows, pk=pk)


def _waiting(user: Any, register: Register) -> int:
    return register.model.objects.visible_to(user).awaiting_verdict(dates.today().year).count()


def _line(item: Any, columns: list[Any]) -> dict[str, Any]:
    return {"item": item, "cells": [(column, words(item, column)) for column in columns[1:]]}
