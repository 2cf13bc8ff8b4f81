"""What the pages of a plan show: its facts, sessions with what the rules say of each, and its record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from jianfu.kernel import dates
from jianfu.kernel.calendar import Remaining
from jianfu.kernel.clauses import worded
from jianfu.kernel.policy import Finding
from jianfu.organisations.selectors import work_calendar

from . import permissions
from .around import findings_of
from .rules.cap import DEFINITION
from .selectors.activity import term_loads
from .states import TOOK_PLACE, WRITABLE, ActivityRoad, ActivityState, SessionStanding
from .workflow import way_of

TONES = {
    ActivityState.DRAFTED: "grey",
    ActivityState.SUBMITTED: "blue",
    ActivityState.RETURNED: "red",
    ActivityState.AGREED: "green",
    ActivityState.CALLED_OFF: "grey",
    ActivityState.CONCLUDED: "green",
}
STANDING_TONES = {
    SessionStanding.PLANNED: "grey",
    SessionStanding.TODAY: "blue",
    SessionStanding.CONFIRMED: "green",
    SessionStanding.INFERRED: "green",
    SessionStanding.DOUBTED: "grey",
    SessionStanding.REFUSED: "red",
    SessionStanding.ABSENT: "amber",
    SessionStanding.CALLED_OFF: "grey",
}
PHRASES = ("已与学校商定。", "请避开考试周。", "请与已有的活动合并到一天。", "请核对年级和人数。")


@dataclass(frozen=True)
class Line:
    """A plan in a list."""

    activity: Any
    tone: str
    state: str
    remaining: Remaining | None


@dataclass(frozen=True)
class Row:
    """A session in a table: how it stands, what the rules say of it, what may be done with it."""

    session: Any
    standing: SessionStanding
    tone: str
    said: str
    flags: tuple[str, ...] = ()
    changes: bool = False

    @property
    def label(self) -> str:
        return str(self.standing.label)


@dataclass(frozen=True)
class Told:
    """A finding on the page."""

    code: str
    title: str
    clause: str
    quote: str
    message: str
    severity: str
    tone: str


def lines(activities: Iterable[Any], today: date) -> list[Line]:
    calendar = work_calendar()
    return [
        Line(
            row,
            TONES[ActivityState(row.state)],
            state_words(row, today),
            calendar.remaining(row.due_on, today) if row.due_on else None,
        )
        for row in activities
    ]


def state_words(activity: Any, today: date) -> str:
    """同意实施 until the last session is over; then it took place by the plan, and nobody is asked."""
    last = getattr(activity, "last_day", None)
    if activity.state == ActivityState.AGREED and last is not None and last < today:
        return "已开展（按计划推定）"
    return str(activity.get_state_display())


def buttons_of(activity: Any) -> set[str]:
    return {name for name, row in way_of(activity).transitions.items() if row.button}


def label_of(activity: Any, name: str) -> str:
    return way_of(activity).transitions[name].label


def told(found: Iterable[Finding]) -> list[Told]:
    """What blocks comes first."""
    tones = {"block": "red", "warn": "amber"}
    rows = sorted(found, key=lambda finding: not finding.blocks)
    return [
        Told(
            f.rule.code,
            f.rule.title,
            worded(f.rule.clause),
            f.rule.quote,
            f.message,
            f.severity.label,
            tones[f.severity],
        )
        for f in rows
    ]


def schedule_of(activity: Any, user: Any = None) -> dict[str, Any]:
    """The sessions as rows and, while somebody may still change or judge them, the findings."""
    today = dates.today()
    judged = activity.state in WRITABLE | {ActivityState.SUBMITTED}
    found = findings_of(activity, today) if judged and activity.sessions.exists() else []
    flags: dict[str, list[str]] = {}
    for finding in found:
        for mark in finding.marks:
            flags.setdefault(mark.field, []).append(mark.words)
    rows = activity.sessions.visible_to(user) if user is not None else activity.sessions.all()
    changes = user is not None and activity.state == ActivityState.AGREED
    changes = changes and bool(permissions.may_call_off(activity, user))
    shown = [_row(row, today, flags, changes) for row in rows.for_list()]
    return {"rows": shown, "findings": told(found), "schools": len({r.session.school_id for r in shown})}


def _row(session: Any, today: date, flags: dict[str, list[str]], changes: bool) -> Row:
    standing = session.stands(today)
    said = getattr(session, "visit", None)
    words = " ".join(part for part in (said.get_reason_display(), said.note) if part) if said else ""
    ahead = standing in {SessionStanding.PLANNED, SessionStanding.TODAY}
    return Row(
        session,
        standing,
        STANDING_TONES[standing],
        words or session.called_off_reason,
        tuple(flags.get(str(session.pk), ())),
        changes and ahead,
    )


def page_of(activity: Any, user: Any) -> dict[str, Any]:
    """Everything that the page of a plan shows to this person."""
    today = dates.today()
    way = way_of(activity)
    options = way.available(activity, user)
    staff = user.is_district_staff
    shown = schedule_of(activity, user)
    return {
        "activity": activity,
        "tone": TONES[ActivityState(activity.state)],
        "state": state_words(activity, today),
        "remaining": work_calendar().remaining(activity.due_on, today) if activity.due_on else None,
        "stages": stages(activity),
        "facts": facts(activity),
        **shown,
        "loads": school_counts(activity, shown["rows"], today) if staff else (),
        "entries": record(activity) if staff or permissions.may_plan(activity, user) else [],
        "options": options,
        "note_label": "意见或理由",
        "phrases": PHRASES if permissions.may_check(activity, user) else (),
        "writes": activity.state in WRITABLE and bool(permissions.may_plan(activity, user)),
        "kept": activity.findings if activity.state == ActivityState.AGREED and staff else (),
        "took_place": sum(row.standing in TOOK_PLACE for row in shown["rows"]),
    }


def facts(activity: Any) -> list[tuple[str, Any, bool]]:
    entry = activity.entry
    return [
        ("白名单事项", f"{entry.number} {entry.title}", True),
        ("实施单位", activity.organisation.name, False),
        ("批准的时间", entry.period, False),
        ("批准的频次", entry.frequency or "—", False),
        ("批准的范围", entry.audience or "—", False),
        ("活动流程", activity.content, True),
        ("教师承担的工作", activity.duties or "无", False),
        ("需要学校准备的", activity.needs or "无", False),
        ("安全责任与预案", activity.safety, True),
        ("带队联系人", activity.contact_name, False),
        ("联系电话", activity.contact_phone, False),
    ]


def stages(activity: Any) -> list[dict[str, Any]]:
    """The road as a bar: what is done, where it stands, what is left."""
    checked = activity.road == ActivityRoad.CHECKED
    labels = ["写方案、排场次", *(["区教委核对"] if checked else []), "学校可见", "开展"]
    at = {
        ActivityState.DRAFTED: 0,
        ActivityState.RETURNED: 0,
        ActivityState.SUBMITTED: 1,
        ActivityState.AGREED: len(labels) - 1,
        ActivityState.CONCLUDED: len(labels),
        ActivityState.CALLED_OFF: -1,
    }[ActivityState(activity.state)]
    if at < 0:
        return []
    now = "returned" if activity.state == ActivityState.RETURNED else "current"
    return [
        {"label": label, "state": "done" if n < at else now if n == at else "todo", "when": "", "who": ""}
        for n, label in enumerate(labels)
    ]


def record(activity: Any) -> list[dict[str, Any]]:
    """办理过程, the newest first."""
    tones = {ActivityState.RETURNED: "returned", ActivityState.CALLED_OFF: "returned"}
    return [
        {
            "label": step.label,
            "note": step.note,
            "organisation": step.organisation_name,
            "who": step.who,
            "when": step.at,
            "tone": tones.get(step.target, ""),
            "took": "",
        }
        for step in activity.steps.select_related("person", "on_behalf_of")
    ]


def school_counts(activity: Any, rows: list[Row], today: date) -> list[tuple[str, str]]:
    """For whoever checks: the term's count of the schools concerned, by name."""
    if activity.state != ActivityState.SUBMITTED:
        return []
    touched = {row.session.school_id for row in rows}
    loads = term_loads(activity.district_id, min((r.session.day for r in rows), default=today))
    return [
        (str(school), f"{loads.term} {count}/{loads.cap} {loads.counts}")
        for school, count in loads.lines
        if school.pk in touched
    ]


def loads_of(district_id: int, today: date) -> dict[str, Any]:
    loads = term_loads(district_id, today)
    return {"loads": loads, "definition": DEFINITION, "full": loads.cap}
