"""工作台: everybody's own 待办, 已办 and 我发起的, gathered from the apps through the registry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jianfu.context_processors import todo_count
from jianfu.kernel import dates, registry

PAGE = 50


def home(request: HttpRequest) -> HttpResponse:
    """People with an account land on their desk, everybody else on the public list."""
    return redirect("desk" if request.user.is_authenticated else "whitelist:public_list")


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    tab = request.GET.get("tab", "todo")
    tab = tab if tab in {"todo", "done", "started"} else "todo"
    matters = gather(request.user, dates.today(), tab)
    page = Paginator(matters, PAGE).get_page(request.GET.get("page"))
    context = {
        "tab": tab,
        "page": page,
        "today": dates.today(),
        "weekday": dates.chinese_weekday(dates.today()),
        "todo_count": todo_count(request),
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
