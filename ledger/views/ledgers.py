"""The years, opening a new one, the grid of one year, and what is done to many of its rows at once."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jianfu.audit.selectors import Memory
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused, require
from jianfu.kernel.exchange import key_of
from jianfu.organisations.states import Role
from ledger.forms.filling import read_versions
from ledger.forms.opening import GridFilter, OpeningForm
from ledger.models import Ledger, LedgerRow
from ledger.permissions import form as permissions
from ledger.selectors.asked import Asked
from ledger.selectors.closing import opened_again
from ledger.selectors.compared import compared_with
from ledger.selectors.ledger import ledgers_for_list, sections_in, summary
from ledger.services.opening import open_ledger, plan
from ledger.services.reviewing import accept_rows
from ledger.states import TONES

from . import grid
from .heading import heading


def find(request: HttpRequest, year: int) -> Ledger:
    """The district's ledger of the year; another district's is a 404."""
    rows = Ledger.objects.visible_to(request.user).select_related("district", "template")
    return get_object_or_404(rows, year=year)


@login_required
@require_GET
def ledger_list(request: HttpRequest) -> HttpResponse:
    require(permissions.may_read(request.user))
    context = {
        "ledgers": ledgers_for_list(request.user),
        "opening": permissions.may_open_ledger(request.user),
    }
    return render(request, "ledger/ledger_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def ledger_open(request: HttpRequest) -> HttpResponse:
    """Choose, look at who will be asked, open: 预览 and 打开 send the same form."""
    require(permissions.may_open_ledger(request.user))
    form = OpeningForm(request.POST or None, today=dates.today())
    planned = None
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        planned = plan(district_id=request.user.district_id, **data)
        if request.POST.get("step") == "open":
            with form.showing_refusals("year"):
                ledger = open_ledger(by=request.user, **data)
                messages.success(request, f"已打开{ledger.year}年台账，各科室的待办里已有这些任务")
                return redirect(ledger)
    return render(request, "ledger/ledger_open.html", {"form": form, "planned": planned})


@login_required
@require_GET
def ledger_detail(request: HttpRequest, year: int) -> HttpResponse:
    return grid_page(request, find(request, year))


def grid_page(
    request: HttpRequest, ledger: Ledger, *, data: Any = None, refusals: tuple[str, ...] = ()
) -> HttpResponse:
    """The grid; with ``data`` as it was typed, and on top why it was not saved."""
    user, today = request.user, dates.today()
    chosen, found, asked = _chosen_rows(request, ledger, today)
    above = found.above
    shown = grid.build(ledger, user, today, cells=found.cells, asked=asked, data=data)
    compared = compared_with(ledger, shown.last)
    context = {
        "ledger": ledger,
        "grid": shown,
        "page": grid.page_of(range(above.found), above.found, _number(request)),
        "summary": summary(above.tally),
        "filter": chosen,
        "lines": [*({"target": "", "words": words} for words in refusals), *_bound_lines(shown)],
        "reopened": above.reopened_at and opened_again(ledger, above.reopened_at, above.times),
        "tone": TONES[ledger.state],
        "compared": compared,
        "heading": heading(
            ledger,
            user,
            saving=bool(shown.forms),
            baselines=bool(compared) and ledger.is_open,
            whole=above.tally.accepted == above.tally.total,
        ),
    }
    return render(request, "ledger/ledger_detail.html", context)


def _chosen_rows(request: HttpRequest, ledger: Ledger, today: date) -> tuple[GridFilter, grid.Found, Asked]:
    """Read again after an event in the district, and the same for all its readers."""
    memory, rows = Memory.of(request), grid.rows_of(ledger, request.user)
    asked, mine = Asked(ledger, memory), request.user.organisation_ids(Role.SECTION_CLERK)
    find_sections = partial(sections_in, rows)
    sections = memory.recall(f"ledger.sections.{ledger.pk}", find_sections, for_everybody=True)
    chosen = GridFilter(request.GET, sections=sections, mine=mine)
    find_rows = partial(grid.find_rows, ledger, rows, chosen.wanted, _number(request), today, asked)
    name = f"ledger.grid.{ledger.pk}.{_number(request)}.{chosen.name}"
    return chosen, memory.recall(name, find_rows, for_everybody=True), asked


def _number(request: HttpRequest) -> int:
    return key_of(request.GET.get("page", "")) or 1


def _bound_lines(shown: grid.Grid) -> list[dict[str, str]]:
    return [line for form in shown.forms if form.is_bound for line in form.lines]


@login_required
@require_POST
def ledger_accept(request: HttpRequest, year: int) -> HttpResponse:
    """Accept the ticked rows together."""
    ledger = find(request, year)
    versions = read_versions("_".join(request.POST.getlist("chosen")))
    rows = list(LedgerRow.objects.visible_to(request.user).filter(ledger=ledger, pk__in=versions))
    if not rows:
        return grid_page(request, ledger, refusals=("勾选要审核通过的任务",))
    try:
        accepted = accept_rows(rows=rows, versions=versions, by=request.user)
    except Refused as refused:
        return grid_page(request, ledger, refusals=tuple(refused.decision.reasons))
    messages.success(request, f"已审核通过 {len(accepted)} 项")
    return redirect(ledger)
