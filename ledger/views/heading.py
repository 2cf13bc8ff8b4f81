"""The head of a year's page: three actions by what the person does next, the others under 更多."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from jianfu.organisations.states import Role
from ledger.intake.target import PAST
from ledger.models import Ledger
from ledger.permissions import closing, form
from ledger.workflow import LEDGER

from .entering import entering_url

SHOWN = 3


@dataclass(frozen=True)
class Action:
    label: str
    url: str
    tone: str = "plain"


@dataclass(frozen=True)
class Heading:
    shown: tuple[Action, ...]
    more: tuple[Action, ...]


def heading(ledger: Ledger, user: Any, *, saving: bool, baselines: bool, whole: bool = True) -> Heading:
    """``saving``: the page's own button stands in front and counts as one of the three; ``baselines``: the
    year asks for last year's numbers; ``whole``: all of its rows are accepted."""
    pages = _pages(ledger)
    step = "" if ledger.is_open and not whole else _step(ledger, user)  # an open year is sent whole or not
    words = step or ("核对与归档" if ledger.is_past else "汇总与签发")
    pages["closing"] = Action(words, ledger.get_closing_url(), "primary" if step else "plain")
    if baselines and form.may_set_baselines(ledger, user):
        pages["baselines"] = Action("上年基数", reverse("ledger:ledger_baselines", args=[ledger.year]))
    if ledger.is_entering and form.may_enter(ledger, user):
        pages[PAST] = Action("导入台账文件", entering_url(ledger.year), "plain" if step else "primary")
    first = [name for name in (*_next(ledger, user, bool(step)), *pages) if name in pages]
    ordered = [pages[name] for name in dict.fromkeys(first)]
    room = SHOWN - saving
    return Heading(tuple(ordered[:room]), tuple(ordered[room:]))


def _step(ledger: Ledger, user: Any) -> str:
    """What this person may do towards the closed year now."""
    offered = LEDGER.available(ledger, user)
    return next((option.transition.label for option in offered if option.decision), "")


def _next(ledger: Ledger, user: Any, may_step: bool) -> list[str]:
    found = [PAST] if ledger.is_entering else []
    if may_step:
        found.append("closing")
    if ledger.is_open and form.may_set_baselines(ledger, user):
        found.append("progress")
    if ledger.is_open and user.has(Role.SECTION_CLERK):
        found.append("working_form")
    return [*found, "print"] if closing.is_leader(ledger, user) else found


def _pages(ledger: Ledger) -> dict[str, Action]:
    """In the order in which they stand where nothing comes first."""
    year = ledger.year
    return {
        "xlsx": Action("导出 Excel", reverse("ledger:ledger_export", args=[year, "xlsx"])),
        "pdf": Action("导出 PDF", reverse("ledger:ledger_export", args=[year, "pdf"])),
        "print": Action("打印预览", reverse("ledger:ledger_print", args=[year])),
        "progress": Action("进度与节点", reverse("ledger:ledger_progress", args=[year])),
        "working_form": Action("填报表", reverse("ledger:working_form", args=[year])),
        "papers": Action("材料", reverse("ledger:ledger_papers", args=[year])),
    }
