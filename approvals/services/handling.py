"""催办 and 转办: no step of the road, and yet somebody's act, written down."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from approvals.handling import colleagues, may_transfer, may_urge
from approvals.models import Application, Reminder, Transfer
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Conflicted, Decision, allow, refuse, require
from jianfu.kernel.workflow import locked, save_tracked


def urge(*, application: Application, by: Any, note: str, expected_version: int | None = None) -> Reminder:
    """Remind the holder; once a day, whoever comes first. Raises `Refused` or `Conflicted`."""
    note = note.strip()
    with transaction.atomic():
        fresh = _as_seen(application, expected_version)
        require(may_urge(fresh, by))
        require(_worded(note, Reminder, "催办的话"))
        today = dates.today()
        earlier = fresh.reminders.filter(day=today).select_related("by").first()
        if earlier:
            at = f"{timezone.localtime(earlier.at):%H:%M}"
            require(refuse(f"今天 {at} {earlier.by.name}已经催办过。一天催办一次，明天可以再催"))
        row = Reminder.objects.create(
            application=fresh,
            state=fresh.state,
            by=by.person,
            organisation_name=str(by.organisation or ""),
            note=note,
            day=today,
            at=dates.now(),
        )
        trail.record(action="application.urged", target=fresh, by=by, note=note, source=fresh.state)
    return row


def transfer(
    *, application: Application, to: Any, by: Any, note: str, expected_version: int | None = None
) -> Application:
    """Hand the matter to a colleague of the same step, or take it over. Raises `Refused` or `Conflicted`."""
    note = note.strip()
    with transaction.atomic():
        fresh = _as_seen(application, expected_version)
        require(may_transfer(fresh, by))
        require(_worded(note, Transfer, "说明"))
        found = next((row for row in colleagues(fresh, by) if row.person.pk == to.pk), None)
        require(found.decision if found else refuse(f"{to.name}不在本环节的办理人之列，从名单里选一位"))
        fresh.responsible = to
        save_tracked(fresh, by=by, reason=f"转办给{to.name}：{note}")
        fresh.transfers.create(
            state=fresh.state,
            by=by.person,
            to=to,
            organisation_name=str(by.organisation or ""),
            note=note,
            at=dates.now(),
        )
        trail.record(
            action="application.transferred",
            target=fresh,
            by=by,
            note=note,
            source=fresh.state,
            data={"to": to.pk},
        )
    return fresh


def _as_seen(application: Application, expected_version: int | None) -> Application:
    fresh: Application = locked(application)
    if expected_version is not None and fresh.version != expected_version:
        now = fresh.get_state_display()
        raise Conflicted(refuse(f"这一项刚刚被别人改动过，现在是“{now}”。看过最新内容后再办理"))
    return fresh


def _worded(note: str, model: Any, name: str) -> Decision:
    longest = model._meta.get_field("note").max_length
    if not note:
        return refuse(f"填写{name}，一句话即可")
    return allow() if len(note) <= longest else refuse(f"{name}最多 {longest} 字，现在是 {len(note)} 字")
