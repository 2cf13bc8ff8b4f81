"""审批流转单: every step with who took it, when it came and went, and what was said."""

from __future__ import annotations

from typing import Any

from approvals.columns import label_of
from approvals.progress import registered
from approvals.states import State
from jianfu.kernel.dates import chinese_date, today
from jianfu.kernel.documents.official import Form, OfficialDocument, Table, fact_lines

from .case import Case
from .verification import qr_of
from .wording import day

_HEADS = ("序号", "环节", "办理", "办理人和单位", "收到日期和办完日期", "工作日", "意见")
_SHARES = (9, 21, 23, 28, 23, 13, 39)  # millimetres of 156


def flow_sheet(case: Case) -> OfficialDocument:
    application = case.application
    facts = [
        (label_of(application, "title"), case.title),
        ("申报单位", application.organisation.name),
        ("类型", application.get_road_display()),
        ("当前环节", application.get_state_display()),
        ("办理时限", chinese_date(application.due_on) if application.due_on else "—"),
    ]
    rows = tuple(_row(case, place, step) for place, step in enumerate(case.told, 1))
    return OfficialDocument(
        title="审批流转单",
        number=application.number or "",
        body=(Form(fact_lines(facts)), Table(_HEADS, rows, _SHARES), *qr_of(case)),
        notes=(f"{chinese_date(today())}打印。工作日为从收到到办完的天数，不计节假日。",),
    )


def _row(case: Case, place: int, step: Any) -> tuple[str, ...]:
    said = "\n".join(part for part in (step.note, registered(step)) if part)
    return (
        str(place),
        State(step.source).label,
        step.label,
        f"{step.who}\n{step.organisation_name}",
        f"{_short(step.entered_at)}\n{_short(step.at)}",
        str(case.calendar.between(day(step.entered_at), day(step.at))),
        said or "—",
    )


def _short(moment: Any) -> str:
    found = day(moment)
    return f"{found.year}.{found.month}.{found.day}"
