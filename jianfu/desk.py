"""工作台: everybody's own 待办, 已办 and 我发起的, gathered from the apps through the registry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from jianfu.audit.selectors import Memory
from jianfu.context_processors import all_seen, count_matters, number_of
from jianfu.kernel import dates, registry
from jianfu.organisations.selectors import work_calendar

PAGE = 50
TABS = {"todo": "待办", "done": "已办", "started": "我发起的"}


def home(request: HttpRequest) -> HttpResponse:
    """People with an account land on a page of their own or on their desk, everybody else on the list."""
    if not request.user.is_authenticated:
        return redirect("whitelist:public_list")
    own = (landing.url_name for landing in registry.landings if landing.visible(request.user))
    return redirect(next(own, "desk"))


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    tab = request.GET.get("tab", "todo")
    tab = tab if tab in TABS else "todo"
    today = dates.today()
    memory = Memory(request.user, today)
    matters, counts = _shown(request.user, today, tab, memory)
    all_seen(request, counts["todo"])
    page = Paginator(matters, PAGE).get_page(request.GET.get("page"))
    page.object_list = with_days_waited(page.object_list, today)
    context = {
        "tab": tab,
        "tabs": tabs(tab, counts),
        "page": page,
        "today": today,
        "weekday": dates.chinese_weekday(today),
        "todo_count": counts["todo"],
        "acting_for": acting_for(request.user),
        "notices": memory.recall("notices", partial(_notices, request.user)),
        "tiles": tiles(matters) if tab == "todo" and matters else [],
    }
    return render(request, "desk/desk.html", context)


def _shown(user: Any, day: date, tab: str, memory: Memory) -> tuple[list[registry.Matter], dict[str, int]]:
    """The matters of the open tab and how many stand in each; found again after an event in the district."""
    matters, count = _gathered(user, day, tab, memory.recall(f"desk.{tab}", partial(_found, user, day, tab)))
    counts = {tab: count}
    for name in TABS.keys() - {tab}:
        counts[name] = memory.recall(name, partial(count_matters, user, day, name))
    return matters, counts


def _notices(user: Any) -> list[registry.Notice]:
    return [notice for find in registry.notices for notice in find(user)]


def gather(user: Any, day: date, tab: str) -> list[registry.Matter]:
    """The matters of one tab from all apps: the most urgent first, then the longest waiting."""
    return _gathered(user, day, tab, _found(user, day, tab))[0]


Found = list[tuple[list[registry.Matter], int | None]]


def _found(user: Any, day: date, tab: str) -> Found:
    """What each app shows, with the number of all where it shows no more than the most urgent."""
    found: Found = []
    for share in registry.desks:
        show = getattr(share, tab)
        matters = show(user, day) if show else []
        more = tab == "todo" and len(matters) >= registry.MANY
        found.append((matters, number_of(share.todo_count(user, day)) if more else None))
    return found


def _gathered(user: Any, day: date, tab: str, found: Found) -> tuple[list[registry.Matter], int]:
    """In order, with what changes without an event, and how many there are."""
    matters, count = [], 0
    for share, (shown, number) in zip(registry.desks, found, strict=True):
        live = share.unrecorded(user, day) if tab == "todo" and share.unrecorded else []
        matters += [*shown, *live]
        count += len(shown) + len(live) if number is None else number
    if tab == "todo":
        return sorted(matters, key=_urgency), count
    return sorted(matters, key=lambda matter: matter.received_at, reverse=True), count


def acting_for(user: Any) -> str:
    """Whose roles the person holds as an agent, in words: 李敏（初审人）."""
    lent = [row for row in user.memberships if row.on_behalf_of]
    return "、".join(f"{row.on_behalf_of.name}（{row.get_role_display()}）" for row in lent)


def tabs(tab: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    """待办 is counted to the last one; what lies behind only as far as anybody looks."""
    far = {name for name in TABS if name != "todo" and counts[name] >= registry.MANY}
    return [
        {
            "label": label,
            "url": f"?tab={name}",
            "active": name == tab,
            "count": f"{registry.MANY}+" if name in far else counts[name],
        }
        for name, label in TABS.items()
    ]


def with_days_waited(matters: Iterable[registry.Matter], today: date) -> list[registry.Matter]:
    """Working days at the present step, of what somebody still waits for."""
    calendar, known = work_calendar(), {}

    def days(since: date) -> int:
        if since not in known:
            known[since] = max(calendar.between(since, today), 0)
        return known[since]

    return [
        matter if matter.ended else replace(matter, waited=days(timezone.localdate(matter.received_at)))
        for matter in matters
    ]


def tiles(matters: list[registry.Matter]) -> list[dict[str, Any]]:
    """How many are late, nearly due and at ease: the numbers a person looks for first."""
    lights = Counter(matter.remaining.light if matter.remaining else "" for matter in matters)
    return [
        {"value": lights["r"], "label": "已超期", "tone": "red" if lights["r"] else "grey"},
        {"value": lights["y"], "label": "临近到期", "tone": "amber" if lights["y"] else "grey"},
        {"value": lights["g"] + lights[""], "label": "时间还够", "tone": "green"},
    ]


def _urgency(matter: registry.Matter) -> tuple[bool, date, Any]:
    due = matter.remaining.due if matter.remaining else date.max
    return (matter.remaining is None, due, matter.received_at)
