"""An application's road as pages show it: the bar of its stages, the record of what happened, the matrix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from jianfu.kernel.calendar import Remaining, WorkCalendar
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.steps import Stage

from .states import STOPPED, Dimension, Judgement, Road, State
from .workflow import way_of

# How a stage is called while it is somebody's to do, where the state's own name tells what is waited for.
_LABELS = {
    State.FILED: "公布白名单",
    State.CLEARED: "公布清单",
    State.COLLECTED: "年度计划审批",
    State.CONSENTED: "党委办、政府办审核",
}
# Two offices that consent in either order are one stage.
_SAME_STAGE = {State.PARTY_PASSED: State.CONSENTED, State.GOVERNMENT_PASSED: State.CONSENTED}


def _stages_of(road: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Label and states of each stage of the bar, from the road's table; its last state ends the bar."""
    way = [State(state) for state in way_of(road)[:-1] if state not in _SAME_STAGE]
    also = {state: {other for other, first in _SAME_STAGE.items() if first == state} for state in way}
    applied = ("部门申请", frozenset({State.DRAFTED}))
    return (applied, *((_LABELS.get(state, state.label), frozenset({state, *also[state]})) for state in way))


STAGES = {road: _stages_of(road) for road in Road}
TONES = {
    State.DRAFTED: "grey",
    State.SUBMITTED: "purple",
    State.RETURNED: "red",
    State.REJECTED: "red",
    State.WITHDRAWN: "grey",
    State.MERGED: "grey",
    State.PUBLISHED: "green",
    State.RECORDED: "green",
    State.AGREED: "green",
    State.ENDED: "green",
}
_STOPPED = {"return_": "退回补正", "reject": "不予通过"}


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
    """The stages of its road. Without ``steps`` only their states are known, which is enough for a list."""
    now = _position(application)
    taken = [step for step in sorted(steps, key=lambda step: step.at) if _counts(step, application)]
    stop = next((step for step in reversed(taken) if step.transition in _STOPPED), None)
    stopped_at = stop.source if stop and application.state in {State.RETURNED, State.REJECTED} else ""
    until = f"限 {_short(application.due_on)}" if application.due_on else ""
    bar = []
    for place, (label, states) in enumerate(STAGES[Road(application.road)]):
        if stopped_at in states:
            words = f"{stop.who} {_STOPPED[stop.transition]}"
            bar.append(Stage(label, "returned", _day(stop.at), words))
        elif place == now:
            bar.append(Stage(label, "current", until, holder))
        else:
            bar.append(_other(label, place, now, _ended(states, taken)))
    return bar


def _counts(step: Any, application: Any) -> bool:
    return bool(step.content_version == application.content_version)


def _ended(states: frozenset[str], taken: list[Any]) -> Any:
    """The step that led out of the stage and on; None where there was none, or it was jumped over."""
    left = {*states, State.RETURNED} if State.DRAFTED in states else states
    return next(
        (s for s in taken if s.source in left and s.target not in {*left, *STOPPED, State.RETURNED}), None
    )


def _position(application: Any) -> int:
    """The stage under way; past the last one when the road is walked to its end, -1 when it was left."""
    road = Road(application.road)
    if application.state == way_of(road)[-1]:
        return len(STAGES[road])
    if application.state == State.RETURNED:
        return 0
    places = (place for place, (_label, states) in enumerate(STAGES[road]) if application.state in states)
    return next(places, -1)


def ahead(application: Any) -> list[str]:
    """The names of the stages that come after the one under way: what the receipt tells."""
    now = _position(application)
    return [label for label, _states in STAGES[Road(application.road)][now + 1 :]] if now >= 0 else []


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
    "document_number": "文号",
    "filed_on": "备案日期",
}


def registered(step: Any) -> str:
    """What a step put on file besides its opinion, in words."""
    words = _REGISTERED | ({"document_number": "备案文号"} if step.data.get("body") else {})
    return "，".join(
        f"{label}：{_in_words(step.data[key])}" for key, label in words.items() if step.data.get(key)
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
