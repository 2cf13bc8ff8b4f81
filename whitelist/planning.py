"""What a plan must fulfil before a step is taken, and what a step writes besides the state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from approvals.states import Road
from jianfu.kernel import dates
from jianfu.kernel.decisions import Decision, Refusal, Refused, allow, refuse, require
from jianfu.kernel.policy import Figure, Finding, figure_value
from jianfu.kernel.steps import step_columns
from jianfu.kernel.workflow import Act, save_tracked
from jianfu.organisations.selectors import work_calendar
from jianfu.organisations.states import Role

from .around import Move, findings_of, findings_of_move
from .figures import CHECK_DAYS, MENDING_DAYS, NAMING_DAYS
from .states import ActivityRoad, ActivityState

_LIMITS: dict[str, Figure] = {
    ActivityState.SUBMITTED: CHECK_DAYS,
    ActivityState.RETURNED: MENDING_DAYS,
}
_ASKED = {
    "content": "填写活动流程：几点开始、谁来讲、在哪里",
    "safety": "填写安全责任与预案",
    "contact_name": "填写带队联系人，学校要知道找谁",
    "contact_phone": "填写联系电话，学校临时有事要能打通",
}


def complete(activity: Any, _by: Any) -> Decision:
    """Nothing missing: the words of the plan, and at least one session."""
    missing = [Refusal(words) for name, words in _ASKED.items() if not getattr(activity, name).strip()]
    if not activity.sessions.standing().exists():
        missing.append(Refusal("还没有场次：选学校和日期，至少排一场"))
    return Decision(*missing)


def within_rules(activity: Any, _by: Any) -> Decision:
    """No rule that blocks has anything to say."""
    return _blocking(findings_of(activity, dates.today()))


def _blocking(found: Iterable[Finding]) -> Decision:
    return Decision(*(Refusal(f.message, f.rule.code, f.rule.clause) for f in found if f.blocks))


def over(activity: Any, _by: Any) -> Decision:
    """Every session's day has passed."""
    ahead = activity.sessions.standing().filter(day__gte=dates.today()).order_by("day").first()
    if ahead is None:
        return allow()
    return refuse(
        f"还有场次没有到日子（最近一场{dates.chinese_date(ahead.day)}）。最后一场过后不登记也按计划推定已开展"
    )


def nothing_took_place(activity: Any, _by: Any) -> Decision:
    """What has begun is ended session by session; it did take place."""
    past = activity.sessions.standing().filter(day__lt=dates.today()).order_by("day").first()
    if past is None or activity.state != ActivityState.AGREED:
        return allow()
    day = dates.chinese_date(past.day)
    return refuse(f"{day}的场次已经过去，不能整项取消。请逐场取消还没有开展的场次")


# --- effects: inside `Workflow.perform`, on the locked row -------------------------------------------------


def limit_of(state: str, district_id: int, at: Any) -> Any:
    """The last day of a step that begins then, in working days; None where nothing limits it."""
    figure = _LIMITS.get(state)
    if figure is None:
        return None
    day = timezone.localtime(at).date()
    return work_calendar().add(day, figure_value(figure, district_id, day))


def naming_limit(district_id: int, at: Any) -> Any:
    """Until when the sessions of what was approved with its application should be named."""
    day = timezone.localtime(at).date()
    return work_calendar().add(day, figure_value(NAMING_DAYS, district_id, day))


def enter(activity: Any, act: Act) -> None:
    if act.source != act.target:
        activity.due_on = limit_of(act.target, activity.district_id, act.at)


def write_step(activity: Any, act: Act) -> None:
    principal = next((row.on_behalf_of for row in _seats(activity, act.by)), None)
    activity.steps.create(**step_columns(act, on_behalf_of=principal))


def _seats(activity: Any, by: Any) -> list[Any]:
    """The roles by which the person acts here: own ones first (`User.memberships`)."""
    return [
        row
        for row in by.memberships
        if (row.role == Role.APPLICANT and row.organisation_id == activity.organisation_id)
        or row.role == Role.FIRST_REVIEWER
    ]


def hand_in(activity: Any, act: Act) -> None:
    """The day counts for the month ahead; what the rules say now is kept for who checks it."""
    activity.submitted_on = timezone.localtime(act.at).date()
    activity.findings = [
        {"code": f.rule.code, "severity": f.severity.value, "message": f.message}
        for f in findings_of(activity, activity.submitted_on)
    ]


def weigh(activity: Any, act: Act) -> None:
    """Who agrees in spite of what the rules point out says why."""
    if act.note:
        return
    count = len(findings_of(activity, dates.today()))
    if count:
        raise Refused(refuse(f"核查有 {count} 条提示。仍然同意的，在意见里写明理由，例如“已与学校商定”"))


def call_off_sessions(activity: Any, act: Act) -> None:
    """Everything that still lies ahead; each row keeps why."""
    if act.source not in {ActivityState.AGREED, ActivityState.SUBMITTED, ActivityState.RETURNED}:
        return
    for session in activity.sessions.standing().filter(day__gte=dates.today()).order_by("pk"):
        call_off(session, act)


def call_off(session: Any, act: Act) -> None:
    session.called_off_at, session.called_off_reason = act.at, act.note[:300]
    session.changed_at = act.at
    save_tracked(session, by=act.by, reason=f"取消：{act.note}")


def call_off_one(activity: Any, act: Act) -> None:
    """``session``: the key of the row."""
    session = activity.sessions.standing().select_for_update().get(pk=act.data["session"])
    require(_movable(session))
    call_off(session, act)


def _movable(session: Any) -> Decision:
    """What lies behind stays as it was: it took place, or the school said that it did not."""
    if session.day >= dates.today() and not hasattr(session, "visit"):
        return allow()
    return refuse(f"{dates.chinese_date(session.day)}这一场已经过去或学校已登记，不能再改期、取消")


def _elsewhere(session: Any, move: Move) -> Decision:
    """To another time, and not back: nothing else need be said of a day that is over."""
    if (move.day, move.begins, move.ends) == (session.day, session.begins, session.ends):
        return refuse("新的日期和时间与原来相同。改了再提交，不改就返回方案")
    if move.day < dates.today():
        return refuse(f"{dates.chinese_date(move.day)}已经过去，改到今天以后")
    return allow()


def move_one(activity: Any, act: Act) -> None:
    """``session``, ``day``, ``begins``, ``ends``: where it goes. The school keeps seeing the day it was."""
    session = activity.sessions.standing().select_for_update().get(pk=act.data["session"])
    move = Move(session, act.data["day"], act.data["begins"], act.data["ends"])
    require(_movable(session) & _elsewhere(session, move))
    require(_blocking(findings_of_move(activity, move, dates.today())))
    if session.day != act.data["day"]:
        session.moved_from = session.day
    session.day, session.begins, session.ends = act.data["day"], act.data["begins"], act.data["ends"]
    session.changed_at = act.at
    save_tracked(session, by=act.by, reason=f"改期：{act.note}")


def road_of(entry: Any) -> ActivityRoad:
    """Whether the plan was part of the application (R53): 一事一审 and 即时突发 bring it along."""
    road = entry.application.road if entry.application_id else ""
    inside = {Road.CAMPUS_SINGLE, Road.CAMPUS_URGENT}
    return ActivityRoad.APPROVED if road in inside else ActivityRoad.CHECKED
