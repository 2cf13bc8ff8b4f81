"""What a step writes besides the state. Runs inside `Workflow.perform`, on the locked row."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from jianfu.kernel import dates
from jianfu.kernel.decisions import Decision, Refusal, Refused, refuse, require
from jianfu.kernel.policy import figure_value
from jianfu.kernel.workflow import Act
from jianfu.organisations.selectors import work_calendar

from .facts import printed
from .figures import STEP_LIMITS
from .states import Conclusion, Part, State

PREFIX = "JXY"
_PARTS = {
    "submit": Part.APPLICANT,
    "withdraw": Part.APPLICANT,
    "pass_review": Part.REVIEWER,
    "approve": Part.LEADER,
}
_PART_AT = {State.APPRAISED: Part.REVIEWER, State.REVIEWED: Part.LEADER}


def set_due(application: Any, act: Act) -> None:
    """The last day of the step, in working days from the day it was reached; none where nobody acts."""
    limit = STEP_LIMITS.get(State(act.target))
    if limit is None:
        application.due_on = None
        return
    day = timezone.localtime(act.at).date()
    application.due_on = work_calendar().add(day, figure_value(limit, application.district_id, day))


def hand_in(application: Any, act: Act) -> None:
    """Give the number at the first time, freeze the content, forget what was decided on older content."""
    if application.number is None:
        application.number = _next_number(application)
    application.content_version += 1
    application.panel_conclusion = ""
    application.submissions.create(
        content_version=application.content_version,
        content=printed(application),
        submitted_at=act.at,
        submitted_by=act.by,
    )


def _next_number(application: Any) -> str:
    """JXY + year + four digits, without gaps within a district and year."""
    numbers, key = application.district.application_numbers, {"prefix": PREFIX, "year": application.year}
    numbers.get_or_create(**key)
    series = numbers.select_for_update().get(**key)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{PREFIX}{application.year}{series.last:04d}"


def take_conclusion(application: Any, act: Act) -> None:
    if act.data.get("conclusion") not in Conclusion.values:
        raise Refused(refuse("选择论证结论：同意、修改后同意、建议整合或不同意"))
    application.panel_conclusion = act.data["conclusion"]


def take_meeting(application: Any, act: Act) -> None:
    """领导小组 decides in a meeting: its day and the number of its 会议纪要."""
    decided_on, number = act.data.get("decided_on"), act.data.get("meeting_number", "")
    require(_dated(decided_on, "审批日期") & _filled(number, "填写会议纪要文号"))
    application.decided_on, application.meeting_number = decided_on, number


def take_filing(application: Any, act: Act) -> None:
    """备案机关, 文号, 日期 (004 四（三）)."""
    body, number, filed_on = (act.data.get(key, "") for key in ("body", "document_number", "filed_on"))
    require(
        _filled(body, "填写备案机关") & _filled(number, "填写备案文号") & _dated(filed_on or None, "备案日期")
    )
    if application.decided_on and filed_on < application.decided_on:
        raise Refused(refuse("备案日期早于审批日期，请核对"))
    application.filing_body, application.filing_number, application.filed_on = body, number, filed_on


def write_step(application: Any, act: Act) -> None:
    """The 办理记录, read by the page, by the separation of duties and by statistics."""
    application.steps.create(
        transition=act.transition.name,
        label=act.transition.label,
        part=_PARTS.get(act.transition.name) or _PART_AT.get(State(act.source), Part.OFFICE),
        source=act.source,
        target=act.target,
        content_version=application.content_version,
        person_id=act.by.person_id,
        organisation_name=str(act.by.organisation or ""),
        note=act.note,
        data={key: str(value) for key, value in act.data.items()},
        entered_at=act.entered_at,
        at=act.at,
    )


def _filled(text: str, words: str) -> Decision:
    return Decision() if text else Decision(Refusal(words))


def _dated(day: Any, name: str) -> Decision:
    if not day:
        return refuse(f"填写{name}")
    if day > dates.today():
        return refuse(f"{name}不能晚于今天（{dates.chinese_date(dates.today())}）")
    return Decision()
