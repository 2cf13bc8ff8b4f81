"""进度: per 科室 and row, and 催办 from the same page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.kernel.exchange import keys_of
from ledger.models import Ledger, LedgerRow
from ledger.permissions.milestones import may_urge
from ledger.selectors.ledger import Tally
from ledger.selectors.milestones import following, plan_of
from ledger.selectors.progress import Progress, progress
from ledger.services.urging import NOTE_LIMIT, urge_rows

from . import grid
from .ledgers import find

SENTENCE = "请抓紧填报，按时限报送。"


@login_required
@require_GET
def ledger_progress(request: HttpRequest, year: int) -> HttpResponse:
    return _page(request, find(request, year))


@login_required
@require_POST
def ledger_urge(request: HttpRequest, year: int) -> HttpResponse:
    """Urge the ticked rows, or all that are late or not reported."""
    ledger, today = find(request, year), dates.today()
    note = request.POST.get("note", "").replace("\x00", "")
    rows = _wanted(request, list(grid.rows_of(ledger, request.user).with_cells()), today)
    try:
        found = urge_rows(rows=rows, note=note, by=request.user)
    except Refused as refused:
        return _page(request, ledger, note=note, said=refused.decision.reasons)
    messages.success(request, f"已催办 {len(found.rows)} 项，责任科室的待办里显示被催办")
    for reason in found.left.reasons:
        messages.warning(request, reason)
    return redirect("ledger:ledger_progress", ledger.year)


def _wanted(request: HttpRequest, rows: list[LedgerRow], today: Any) -> list[LedgerRow]:
    scope = request.POST.get("scope", "")
    if scope in {"late", "open"}:
        open_ones = [row for row in rows if may_urge(row, request.user)]
        return [row for row in open_ones if scope == "open" or row.is_late(today)]
    chosen = set(keys_of(request.POST.getlist("chosen")))
    return [row for row in rows if row.pk in chosen]


def _page(
    request: HttpRequest, ledger: Ledger, *, note: str = SENTENCE, said: list[str] | tuple[str, ...] = ()
) -> HttpResponse:
    today = dates.today()
    found = progress(ledger, list(grid.rows_of(ledger, request.user).with_cells()), today)
    urgeable = {
        line.row.pk for line in found.rows if not line.urged_today and may_urge(line.row, request.user)
    }
    context = {
        "ledger": ledger,
        "progress": found,
        "tiles": _tiles(ledger, found.tally),
        "following": following(plan_of(ledger, request.user, today)),
        "urgeable": urgeable,
        "late_count": _count(found, urgeable, late=True),
        "open_count": _count(found, urgeable),
        "note": note,
        "limit": NOTE_LIMIT,
        "lines": [{"target": "", "words": words} for words in said],
    }
    return render(request, "ledger/ledger_progress.html", context)


def _count(found: Progress, urgeable: set[int], *, late: bool = False) -> int:
    return sum(line.row.pk in urgeable and (line.late or not late) for line in found.rows)


def _tiles(ledger: Ledger, found: Tally) -> list[dict[str, Any]]:
    address = ledger.get_absolute_url()
    return [
        {"value": f"{found.reported}/{found.total}", "label": "已填报", "tone": "", "url": address},
        {
            "value": found.accepted,
            "label": "已审核",
            "tone": "green" if found.accepted else "grey",
            "url": "",
        },
        {"value": found.unreported, "label": "未填报", "tone": "", "url": f"{address}?unfilled=on"},
        {"value": found.late, "label": "超期", "tone": "red" if found.late else "grey", "url": ""},
    ]
