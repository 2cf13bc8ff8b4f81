"""Writes to an activity: its plan, its sessions, its steps. States move through the workflow alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Conflicted, Decision, allow, refuse, require
from jianfu.kernel.workflow import locked, save_tracked
from jianfu.organisations.selectors import organisations
from jianfu.organisations.selectors import schools as schools_of
from whitelist import permissions
from whitelist.models import Activity, Entry, Session
from whitelist.planning import naming_limit, road_of
from whitelist.states import WRITABLE, ActivityRoad, Standing
from whitelist.workflow import way_of

PLAN_FIELDS = ("title", "content", "duties", "needs", "safety", "contact_name", "contact_phone")
SESSION_FIELDS = ("school", "day", "begins", "ends", "grades", "students", "teacher_count", "class_hours")


def open_activity(*, entry: Entry, by: Any, organisation: Any) -> Activity:
    """A new plan for a listed item, with everything that the entry and its application already say."""
    require(permissions.may_plan_for(organisation, by))
    if organisation.pk not in named_units(entry):
        require(refuse(f"“{entry}”的实施单位不是“{organisation}”，由名单上的单位报送实施方案"))
    return _open(entry, organisation, by.person, by=by)


def open_approved(*, entry: Entry, by: Any) -> Activity | None:
    """一事一审 and 即时突发: once listed, only the sessions are left to be named (R53). Else None."""
    if road_of(entry) != ActivityRoad.APPROVED or entry.activities.exists():
        return None
    return _open(entry, entry.application.organisation, entry.application.handler, by=by)


def _open(entry: Entry, organisation: Any, handler: Any, *, by: Any) -> Activity:
    with transaction.atomic():
        listed = locked(entry)  # two who begin at once get two numbers
        require(still_listed(listed))
        road = road_of(listed)
        activity = Activity(
            district_id=listed.district_id,
            entry=listed,
            road=road,
            serial=max(listed.activities.values_list("serial", flat=True), default=0) + 1,
            organisation=organisation,
            handler=handler,
            state_entered_at=dates.now(),
            **said_already(listed, organisation, handler),
        )
        if road == ActivityRoad.APPROVED:
            activity.due_on = naming_limit(listed.district_id, dates.now())
        save_tracked(activity, by=by, reason="新建实施方案")
        trail.record(action="activity.drafted", target=activity, by=by)
    return activity


def named_units(entry: Entry) -> set[int]:
    """The units that the entry names: 牵头 and 联合; by its name where the list was on paper."""
    if entry.application_id:
        return entry.application.involved_organisation_ids()  # type: ignore[no-any-return]
    named = organisations(entry.district_id).filter(name=entry.lead_name)
    return set(named.values_list("pk", flat=True))


def still_listed(entry: Entry) -> Decision:
    """Only what stands on the list today may be planned."""
    standing = entry.standing(dates.today())
    if standing == Standing.VALID:
        return allow()
    return refuse(f"“{entry}”{standing.label}，不能再安排进校。要继续开展，请重新申报")


def said_already(entry: Entry, organisation: Any, handler: Any) -> dict[str, str]:
    """The plan's words as the entry and the application say them; nothing is asked twice (R78)."""
    application = entry.application
    words = {
        "title": entry.title,
        "content": entry.content,
        "contact_name": handler.name,
        "contact_phone": handler.phone or organisation.phone,
    }
    if application is None:
        return words
    return {
        **words,
        "content": application.plan or application.method or application.content,
        "duties": application.teacher_duties,
        "safety": application.safety,
        "contact_name": application.contact_name or handler.name,
        "contact_phone": application.contact_phone or words["contact_phone"],
    }


def save_activity(
    *, activity: Activity, by: Any, fields: Mapping[str, Any], expected_version: int | None = None
) -> Activity:
    """Write the words of the plan. Raises `Refused` once it was handed in, `Conflicted` after a colleague."""
    with transaction.atomic():
        fresh = _writable(activity, by, expected_version)
        for name in PLAN_FIELDS:
            if name in fields:
                setattr(fresh, name, fields[name])
        save_tracked(fresh, by=by, reason="修改实施方案")
        trail.record(action="activity.edited", target=fresh, by=by)
    return fresh


def add_sessions(*, activity: Activity, by: Any, rows: Iterable[Mapping[str, Any]]) -> list[Session]:
    """Add sessions to a plan that is being written; one that stands there already is not added again."""
    with transaction.atomic():
        fresh = _writable(activity, by, None)
        known = set(fresh.sessions.values_list("school_id", "day", "begins"))
        added = []
        for row in rows:
            session = Session(activity=fresh, changed_at=dates.now(), **row)
            if (session.school_id, session.day, session.begins) in known:
                continue
            require(in_order(session))
            known.add((session.school_id, session.day, session.begins))
            save_tracked(session, by=by, reason="排定场次")
            added.append(session)
        save_tracked(fresh, by=by, reason="排定场次")
        trail.record(action="activity.scheduled", target=fresh, by=by, data={"sessions": len(added)})
    return added


def remove_sessions(*, activity: Activity, by: Any, keys: Iterable[int]) -> int:
    """Take sessions out of a plan that nobody has been told of."""
    with transaction.atomic():
        fresh = _writable(activity, by, None)
        gone = list(fresh.sessions.filter(pk__in=list(keys)))
        for session in gone:
            session._history_user = by
            session.delete()
        save_tracked(fresh, by=by, reason="删去场次")
        trail.record(action="activity.scheduled", target=fresh, by=by, data={"removed": len(gone)})
    return len(gone)


def in_order(session: Session) -> Decision:
    if session.ends > session.begins:
        return allow()
    return refuse(f"{session}：结束时间要晚于开始时间")


def _writable(activity: Activity, by: Any, expected_version: int | None) -> Activity:
    fresh = locked(activity)
    require(permissions.may_plan(fresh, by))
    if fresh.state not in WRITABLE:
        now = fresh.get_state_display()
        require(refuse(f"现在是“{now}”，报送的内容不能再改。要修改请先撤回；同意实施以后请逐场改期或取消"))
    if expected_version is not None and fresh.version != expected_version:
        raise Conflicted(refuse("同单位的同事刚刚改过这份方案，请核对后再保存"))
    return fresh


# --- steps -------------------------------------------------------------------------------------------------


def take_step(
    *, activity: Activity, name: str, by: Any, note: str = "", expected_version: int | None = None
) -> Activity:
    """A step of the table; where places at schools are taken, those who take them at once wait in line."""
    with transaction.atomic():
        _line_up(activity)
        return way_of(activity).perform(activity, name, by=by, note=note, expected_version=expected_version)  # type: ignore[return-value]


def move_session(
    *,
    session: Session,
    by: Any,
    day: Any,
    begins: Any,
    ends: Any,
    note: str,
    expected_version: int | None = None,
) -> Activity:
    """改期 of one session that the school was told of; it and the bureau see the old day beside the new."""
    activity = session.activity
    with transaction.atomic():
        _line_up(activity)
        data = {"session": session.pk, "day": day, "begins": begins, "ends": ends}
        return way_of(activity).perform(
            activity, "move", by=by, note=note, expected_version=expected_version, data=data
        )  # type: ignore[return-value]


def drop_session(*, session: Session, by: Any, note: str, expected_version: int | None = None) -> Activity:
    """取消一场: the others stay as they are."""
    return way_of(session.activity).perform(
        session.activity,
        "drop",
        by=by,
        note=note,
        expected_version=expected_version,
        data={"session": session.pk},
    )  # type: ignore[return-value]


def _line_up(activity: Activity) -> None:
    """Lock the schools concerned, always in the same order: the last place of a term is given once."""
    keys = activity.sessions.values_list("school_id", flat=True)
    rows = schools_of(activity.district_id).filter(pk__in=list(keys)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
