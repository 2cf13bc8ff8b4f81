"""申请审批: the list of the district for those who work on it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from approvals import permissions, round_permissions
from approvals.forms.acts import FilterForm
from approvals.holders import Holders
from approvals.lines import cells, read_lines
from approvals.models import Application
from approvals.states import Road
from jianfu.audit.selectors import Memory
from jianfu.kernel import dates
from jianfu.kernel.decisions import require

PAGE = 50
MANY, COUNTED_SECONDS = 10_000, 30
TABS = {"todo": "待我办", "done": "已办", "all": "全部", "overdue": "超期"}
ORDERS = {"number", "title", "due_on", "starts_on", "teacher_count", "class_hours"}


@login_required
def application_list(request: HttpRequest) -> HttpResponse:
    require(permissions.may_read_list(request.user))
    today = dates.today()
    memory = Memory(request.user, today)
    counts = _counted(request.user, today, memory)
    chosen = request.GET.get("tab", "")
    tab = chosen if chosen in TABS else ("todo" if counts["todo"] else "all")
    years = [today.year + 1, today.year, today.year - 1]
    form = FilterForm(request.GET, years=years, roads=counts["roads"])
    rows = _group(tab, request.user, today)
    found = form.narrowed(rows)
    apart = _apart(counts["roads"]) if tab == "all" and found is rows else 0
    if apart:
        found = found.exclude(road=Road.CAMPUS_EXEMPT)
    pages = Paginator(_ordered(found, request.GET.get("sort", "")), PAGE)
    if apart or found is rows:
        pages.count = counts[tab] - apart  # known from the tab: not counted twice
    page = pages.get_page(request.GET.get("page"))
    context = {
        "tabs": [_tab(key, counts[key], active=key == tab) for key in TABS],
        "tab_label": TABS[tab],
        "form": form,
        "apart": apart,
        "registry": bool(permissions.may_read_registry(request.user)),
        "rounds": bool(round_permissions.may_read_rounds(request.user)),
        "page": page,
        "lines": cells(read_lines(page.object_list), Holders(request.user.district_id, today, memory), today),
    }
    return render(request, "approvals/list.html", context)


def _group(tab: str, user: Any, today: date) -> QuerySet:
    if tab == "todo":
        return Application.objects.waiting_for(user)
    if tab == "done":
        return Application.objects.done_by(user)
    everything = Application.objects.visible_to(user).handed_in()
    return everything.overdue(today) if tab == "overdue" else everything


def _apart(roads: dict[str, int]) -> int:
    """What was only registered stands in a list of its own, unless there is nothing else."""
    exempt = roads.get(Road.CAMPUS_EXEMPT, 0)
    return exempt if exempt < sum(roads.values()) else 0


def _counted(user: Any, today: date, memory: Memory) -> dict[str, Any]:
    """How many there are in each tab, and of each road: counted again after an event in the district."""

    def count() -> dict[str, Any]:
        own = {key: _group(key, user, today).count() for key in ("todo", "done")}
        return own | _counted_all(_group("all", user, today), user, today)

    return memory.recall("approvals.counted", count)


def _counted_all(rows: QuerySet, user: Any, today: date) -> dict[str, Any]:
    """A great number may be half a minute old.

    Counting 100,000 rows takes longer than the rest of the page, and nobody reads the last digit.
    """
    key = f"approvals.counted.{user.pk}.{today}"
    counts: dict[str, Any] | None = cache.get(key)
    if counts is None:
        counts = rows.counted(today)
        if counts["all"] >= MANY:
            cache.set(key, counts, COUNTED_SECONDS)
    return counts


def _tab(key: str, count: int, *, active: bool) -> dict[str, Any]:
    return {"label": TABS[key], "url": f"?tab={key}", "active": active, "count": count}


def _ordered(rows: QuerySet, key: str) -> QuerySet:
    """By a column that was clicked; otherwise the most urgent first, what has no limit last."""
    if key.lstrip("-") in ORDERS:
        return rows.order_by(key, "-pk")
    return rows.order_by_urgency()
