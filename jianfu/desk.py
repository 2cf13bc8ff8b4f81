"""工作台: everybody's own 待办, 已办 and 我发起的, gathered from the apps through the registry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from jianfu.context_processors import todo_count
from jianfu.kernel import dates, registry
from jianfu.organisations.selectors import work_calendar

PAGE = 50
TABS = {"todo": "待办", "done": "已办", "started": "我发起的"}
KNOWN_SECONDS = 600


def home(request: HttpRequest) -> HttpResponse:
    """People with an account land on their desk, everybody else on the public list."""
    return redirect("desk" if request.user.is_authenticated else "whitelist:public_list")


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    tab = request.GET.get("tab", "todo")
    tab = tab if tab in TABS else "todo"
    matters = gather(request.user, dates.today(), tab)
    page = Paginator(matters, PAGE).get_page(request.GET.get("page"))
    page.object_list = with_days_waited(page.object_list, dates.today())
    context = {
        "tab": tab,
        "tabs": tabs(request, tab, matters),
        "page": page,
        "today": dates.today(),
        "weekday": dates.chinese_weekday(dates.today()),
        "todo_count": todo_count(request),
        "acting_for": acting_for(request.user),
        "tiles": tiles(matters) if tab == "todo" and matters else [],
    }
    return render(request, "desk/desk.html", context)


def gather(user: Any, day: date, tab: str) -> list[registry.Matter]:
    """The matters of one tab from all apps: the most urgent first, then the longest waiting."""
    sources: list[Callable[[Any, date], list[registry.Matter]] | None]
    sources = [getattr(share, tab) for share in registry.desks]
    found = [matter for source in sources if source for matter in source(user, day)]
    if tab == "todo":
        return sorted(found, key=_urgency)
    return sorted(found, key=lambda matter: matter.received_at, reverse=True)


def acting_for(user: Any) -> str:
    """Whose roles the person holds as an agent, in words: 李敏（初审人）."""
    lent = [row for row in user.memberships if row.on_behalf_of]
    return "、".join(f"{row.on_behalf_of.name}（{row.get_role_display()}）" for row in lent)


def tabs(request: HttpRequest, tab: str, matters: list[registry.Matter]) -> list[dict[str, Any]]:
    """待办 is counted to the last one; what lies behind only as far as anybody looks."""
    return [
        {
            "label": label,
            "url": f"?tab={name}",
            "active": name == tab,
            "count": todo_count(request) if name == "todo" else _counted(request.user, name, tab, matters),
        }
        for name, label in TABS.items()
    ]


def _counted(user: Any, name: str, tab: str, matters: list[registry.Matter]) -> int | str:
    """How many of a tab, up to `MANY`; that there are so many is remembered, for they do not get fewer."""
    known = f"desk.many.{name}.{user.pk}"
    if cache.get(known):
        return f"{registry.MANY}+"
    shares = [getattr(share, f"{name}_count") for share in registry.desks]
    number = len(matters) if name == tab else sum(share(user, dates.today()) for share in shares if share)
    if number < registry.MANY:
        return number
    cache.set(known, "yes", KNOWN_SECONDS)
    return f"{registry.MANY}+"


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
        {"value": lights["y"], "label": "两个工作日内到期", "tone": "amber" if lights["y"] else "grey"},
        {"value": lights["g"] + lights[""], "label": "时间还够", "tone": "green"},
    ]


def _urgency(matter: registry.Matter) -> tuple[bool, date, Any]:
    due = matter.remaining.due if matter.remaining else date.max
    return (matter.remaining is None, due, matter.received_at)
