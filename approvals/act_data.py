"""What an act brings along (登记内容): checked, and as the 办理记录 of applications and plans keeps it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from jianfu.kernel import dates
from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.kernel.policy import Figure, figure_value
from jianfu.kernel.workflow import Act
from jianfu.organisations.selectors import work_calendar


def words_in(act: Act, key: str) -> str:
    """A number of a document, a name: as typed, without the blanks around it."""
    return str(act.data.get(key) or "").strip()


def filled(text: str, words: str) -> Decision:
    return allow() if text else refuse(words)


def dated(day: date | None, name: str) -> Decision:
    """A day that has come: nothing is registered ahead."""
    if not day:
        return refuse(f"填写{name}")
    if day > dates.today():
        return refuse(f"{name}不能晚于今天（{dates.chinese_date(dates.today())}）")
    return allow()


def last_day(limit: Figure | None, district_id: int, at: datetime) -> date | None:
    """The last day of a step that begins then, in working days; None where nothing limits it."""
    if limit is None:
        return None
    day = timezone.localtime(at).date()
    return work_calendar().add(day, figure_value(limit, district_id, day))


def step_columns(act: Act, *, on_behalf_of: Any) -> dict[str, Any]:
    """The columns of `models.record.TakenStep`."""
    return {
        "transition": act.transition.name,
        "label": act.transition.label,
        "source": act.source,
        "target": act.target,
        "person_id": act.by.person_id,
        "on_behalf_of": on_behalf_of,
        "organisation_name": str(act.by.organisation or ""),
        "note": act.note,
        "data": {key: _kept(value) for key, value in act.data.items()},
        "entered_at": act.entered_at,
        "at": act.at,
    }


def _kept(value: Any) -> Any:
    """A list of words stays one, for statistics; everything else is kept as its words."""
    return [str(each) for each in value] if isinstance(value, list | tuple) else str(value)
