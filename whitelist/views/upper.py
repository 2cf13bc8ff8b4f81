"""上级名单: what our entries are derived from, and whether an upper list is longer than it may be."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from approvals.states import Level
from jianfu.kernel import dates
from jianfu.kernel.decisions import require
from jianfu.kernel.exchange import key_of
from whitelist import permissions, services
from whitelist.figures import PROVINCE_CAP, in_force
from whitelist.models import Entry, UpperItem
from whitelist.totals import total_warnings

from .tabs import tabs_of


@login_required
@require_http_methods(["GET", "POST"])
def upper_list(request: HttpRequest) -> HttpResponse:
    """Every upper item with ours that come from it; and every entry in force, to be tied to its own."""
    require(permissions.may_prepare(request.user))
    items = UpperItem.objects.visible_to(request.user)
    if request.method == "POST":
        return _link(request, items)
    rows = Entry.objects.visible_to(request.user).current(dates.today()).order_by("exempt", "number")
    entries, district_id = list(rows.select_related("upper")), request.user.district_id
    said = _warnings(district_id, items)
    context = {
        "items": items.annotate(entry_count=Count("entries")),
        "entries": entries,
        "offered": list(items),
        "warnings": [*said, *total_warnings(district_id, dates.today().year, entries)],
        "tabs": tabs_of(request.user, "upper_list"),
    }
    return render(request, "whitelist/upper_list.html", context)


def _link(request: HttpRequest, items: Any) -> HttpResponse:
    entry = get_object_or_404(
        Entry.objects.visible_to(request.user), pk=key_of(request.POST.get("entry", "")) or 0
    )
    wanted = request.POST.get("upper", "")
    upper = get_object_or_404(items, pk=key_of(wanted) or 0) if wanted else None
    done = services.link_upper(entry=entry, upper=upper, by=request.user)
    messages.success(request, f"“{done}”的来源已改为{upper or '本区县'}，下一版名单起写明")
    return redirect("whitelist:upper_list")


def _warnings(district_id: int, items: Any) -> list[str]:
    """B5: a province lists ten at most; more of them in a year is worth a question."""
    cap = in_force(PROVINCE_CAP, district_id)
    rows = items.filter(level=Level.PROVINCE).order_by().values("year").annotate(count=Count("pk"))
    return [
        f"登记的{row['year']}年省级名单有 {row['count']} 项，超过上限 {cap} 项（{PROVINCE_CAP.code}），请核对"
        for row in rows
        if row["count"] > cap
    ]
