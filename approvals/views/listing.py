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
from approvals.models import Application
from approvals.progress import tone
from approvals.states import Road
from jianfu.kernel import dates
from jianfu.kernel.decisions import require
from jianfu.organisations.selectors import work_calendar

PAGE = 50
MANY, COUNTED_SECONDS = 10_000, 30
TABS = {"todo": "待我办", "done": "已办", "all": "全部", "overdue": "超期"}
ORDERS = {"number", "title", "due_on", "starts_on", "teacher_count", "class_hours"}


@login_required
def application_list(request: HttpRequest) -> HttpResponse:
    require(permissions.may_read_list(request.user))
    today = dates.today()
    groups = _groups(request.user, today)
    counts = {key: groups[key].count() for key in ("todo", "done")} | _counted(
        groups["all"], request.user, today
    )
    chosen = request.GET.get("tab", "")
    tab = chosen if chosen in TABS else ("todo" if counts["todo"] else "all")
    years = [today.year + 1, today.year, today.year - 1]
    form = FilterForm(request.GET, years=years, roads=counts["roads"])
    found = form.narrowed(groups[tab])
    apart = _apart(counts["roads"]) if tab == "all" and found is groups[tab] else 0
    if apart:
        found = found.exclude(road=Road.CAMPUS_EXEMPT)
    pages = Paginator(_ordered(found, request.GET.get("sort", "")).for_lines(), PAGE)
    if apart or found is groups[tab]:
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
        "lines": _lines(page, request.user, today),
    }
    return render(request, "approvals/list.html", context)


def _groups(user: Any, today: date) -> dict[str, QuerySet]:
    everything = Application.objects.visible_to(user).handed_in()
    return {
        "todo": Application.objects.waiting_for(user),
        "done": Application.objects.done_by(user),
        "all": everything,
        "overdue": everything.overdue(today),
    }


def _apart(roads: dict[str, int]) -> int:
    """What was only registered stands in a list of its own, unless there is nothing else."""
    exempt = roads.get(Road.CAMPUS_EXEMPT, 0)
    return exempt if exempt < sum(roads.values()) else 0


def _counted(rows: QuerySet, user: Any, today: date) -> dict[str, Any]:
    """How many there are, are overdue, are of each road; a great number may be half a minute old.

    Counting 100,000 rows takes longer than the rest of the page, and nobody reads the last digit.
    """
    key = f"approvals.counted.{user.pk}.{today}"
    counts: dict[str, Any] | None = cache.get(key)
    if counts is None:
        counts = {**rows.counted(today), "roads": rows.per_road()}
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


def _lines(page: Any, user: Any, today: date) -> list[dict[str, Any]]:
    calendar, holders = work_calendar(), Holders(user.district_id, today)
    return [
        {
            "row": row,
            "title": str(row),
            "tone": tone(row.state),
            "holder": holders.of(row).who,
            "remaining": calendar.remaining(row.due_on, today) if row.due_on else None,
        }
        for row in page
    ]
