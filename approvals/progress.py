"""An application's road as pages show it: the bar of its stages, the record of what happened, the matrix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from jianfu.kernel.calendar import Remaining, WorkCalendar
from jianfu.kernel.dates import chinese_date

from .states import Dimension, Judgement, State

# Stage of the bar, the state in which it is under way, the transition that ends it.
STAGES = (
    ("部门申请", State.DRAFTED, "submit"),
    ("专家论证", State.SUBMITTED, "conclude"),
    ("区教委初审", State.APPRAISED, "pass_review"),
    ("领导小组审批", State.REVIEWED, "approve"),
    ("备案", State.APPROVED, "file"),
    ("公布白名单", State.FILED, "publish"),
)
TONES = {
    State.DRAFTED: "grey",
    State.SUBMITTED: "purple",
    State.RETURNED: "red",
    State.REJECTED: "red",
    State.WITHDRAWN: "grey",
    State.PUBLISHED: "green",
}
_STOPPED = {"return_": "退回补正", "reject": "不予通过"}


@dataclass(frozen=True)
class Stage:
    """One stage of the bar; ``state`` is done, current, todo or returned."""

    label: str
    state: str
    when: Any = ""
    who: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the record."""

    label: str
    who: str
    organisation: str
    when: datetime | None
    note: str = ""
    tone: str = ""
    took: str = ""


def tone(state: str) -> str:
    return TONES.get(State(state), "blue")


def stages(application: Any, steps: Iterable[Any] = (), holder: str = "") -> list[Stage]:
    """The six stages. Without ``steps`` only their states are known, which is enough for a list."""
    now = _position(application)
    ended = {}
    for step in sorted(steps, key=lambda step: step.at):
        if step.content_version == application.content_version:
            ended[step.transition] = step
    stop = next((ended[name] for name in _STOPPED if name in ended), None)
    stopped_at = stop.source if stop and application.state in {State.RETURNED, State.REJECTED} else ""
    until = f"限 {_short(application.due_on)}" if application.due_on else ""
    bar = []
    for place, (label, state, name) in enumerate(STAGES):
        if state == stopped_at:
            words = f"{stop.who} {_STOPPED[stop.transition]}"
            bar.append(Stage(label, "returned", _day(stop.at), words))
        elif place == now:
            bar.append(Stage(label, "current", until, holder))
        else:
            bar.append(_other(label, place, now, ended.get(name)))
    return bar


def _position(application: Any) -> int:
    """The stage under way; past the last one when the road is walked to its end, -1 when it was left."""
    if application.state == State.PUBLISHED:
        return len(STAGES)
    if application.state == State.RETURNED:
        return 0
    places = {state: place for place, (_label, state, _name) in enumerate(STAGES)}
    return places.get(State(application.state), -1)


def _other(label: str, place: int, now: int, step: Any) -> Stage:
    """A stage behind or before the one under way; what was done before a return stays done."""
    if place < now or (step and now <= 0):
        return Stage(label, "done", _day(step.at) if step else "", step.who if step else "")
    return Stage(label, "todo")


def facts(content: dict[str, str]) -> list[tuple[str, str, bool]]:
    """What was handed in, as lines of the facts component; long words or a long label take the whole line."""
    return [(label, words, len(words) > 24 or len(label) > 8) for label, words in content.items()]


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _short(day: Any) -> str:
    return f"{day.month}月{day.day}日"


def record(
    application: Any, steps: Iterable[Any], calendar: WorkCalendar, remaining: Remaining | None, holder: str
) -> list[Entry]:
    """What happened, newest first, with the working days each step took; on top what is going on now."""
    entries = [_entry(step, calendar) for step in steps]
    if remaining is not None:
        received = f"{_short(_day(application.state_entered_at))}收到，{remaining.words}"
        entries.insert(
            0,
            Entry(
                f"{application.get_state_display()}，办理中",
                f"{holder}，{received}",
                "",
                None,
                tone="current",
            ),
        )
    return entries


def _entry(step: Any, calendar: WorkCalendar) -> Entry:
    tones = {"return_": "returned", "reject": "returned", "withdraw": "quiet"}
    return Entry(
        label=step.label,
        who=step.who,
        organisation=step.organisation_name,
        when=step.at,
        note="\n".join(part for part in (step.note, registered(step)) if part),
        tone=tones.get(step.transition, ""),
        took="" if step.transition == "submit" and not step.note else took(step, calendar),
    )


def took(step: Any, calendar: WorkCalendar) -> str:
    """Working days from receiving the matter to the step."""
    days = calendar.between(timezone.localtime(step.entered_at).date(), timezone.localtime(step.at).date())
    return f"{days} 个工作日" if days > 0 else "不到 1 个工作日"


_REGISTERED = {
    "decided_on": "审批日期",
    "meeting_number": "会议纪要",
    "body": "备案机关",
    "document_number": "备案文号",
    "filed_on": "备案日期",
}


def registered(step: Any) -> str:
    """What a step put on file besides its opinion, in words."""
    return "，".join(
        f"{label}：{_in_words(step.data[key])}" for key, label in _REGISTERED.items() if step.data.get(key)
    )


def _in_words(text: str) -> str:
    try:
        return chinese_date(datetime.fromisoformat(text).date())
    except ValueError:
        return text


def matrix(assignments: Iterable[Any]) -> dict[str, Any]:
    """Experts × points of what was handed in; a sheet still open shows that, and nothing of its content."""
    rows = list(assignments)
    sheets = [_sheet(row) for row in rows]
    points = [*Dimension, *Judgement]
    return {
        "experts": [
            {"name": row.expert.name, "organisation": str(row.expert.organisation or "")} for row in rows
        ],
        "rows": [
            {"label": point.label, "cells": [sheet["items"].get(point, "—") for sheet in sheets]}
            for point in points
        ]
        + [{"label": "意见", "cells": [sheet["comment"] or "—" for sheet in sheets]}],
        "conclusion": [sheet["conclusion"] for sheet in sheets],
        "given": sum(1 for sheet in sheets if sheet["conclusion"]),
        "asked": len(rows),
    }


def _sheet(assignment: Any) -> dict[str, Any]:
    opinion = getattr(assignment, "opinion", None)
    if opinion is None or opinion.submitted_at is None:
        return {"items": {}, "comment": "", "conclusion": ""}
    items = {item.point: (item.get_grade_display(), item.note) for item in opinion.items.all()}
    return {"items": items, "comment": opinion.comment, "conclusion": opinion.get_conclusion_display()}


def changes(old: Any, new: Any) -> list[dict[str, str]]:
    """Two submissions side by side, every item of either in the newer one's order."""
    names = dict.fromkeys([*(new.content or {}), *(old.content or {})])
    return [
        {"label": name, "old": old.content.get(name, "—"), "new": new.content.get(name, "—")}
        for name in names
    ]
