"""The visit that a complaint is about. Where it is proved, that visit is no longer taken from the plan.

What is written at the session is a number without history, event or version, and no page shows it: where
somebody complained is known to the handler alone. The complaint keeps its visit sealed.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F

from jianfu.kernel import trail
from jianfu.kernel.decisions import Conflicted, refuse, require
from jianfu.kernel.workflow import locked, save_tracked
from whitelist.complaints.visits import possible_sessions
from whitelist.models import Complaint, Session
from whitelist.permissions.complaint import is_handler
from whitelist.states.complaint import ENDED, PROVED, VisitFound


def tie_session(
    *, complaint: Complaint, session: Any, found: str, by: Any, expected_version: int | None = None
) -> Complaint:
    """Say which visit it is about, and what was found of it; ``session`` None takes it back."""
    with transaction.atomic():
        fresh: Complaint = locked(complaint)
        require(is_handler(fresh, by))
        if fresh.state in ENDED:
            require(refuse("这一件已经有了结果，要改对应的场次，先重新核查"))
        if expected_version is not None and fresh.version != expected_version:
            raise Conflicted(refuse("这一件刚刚被别人改动过，请看过最新内容后再办理"))
        if session is not None and found not in VisitFound.values:
            require(refuse("选择查明的情况"))
        if session is not None and not possible_sessions(fresh).filter(pk=session.pk).exists():
            require(refuse("这个场次不是被反映单位在反映以前的场次，重新选择"))
        _take_back(fresh)
        fresh.tied = "" if session is None else fresh.sealed({"session": session.pk, "found": found}, "tied")
        _count(fresh)
        save_tracked(fresh, by=by, reason="登记对应的场次")
        trail.record(action="complaint.session_tied", target=fresh, by=by)
    return fresh


def count_anew(complaint: Complaint) -> None:
    """After a finding, or when it is taken back by checking again; inside the transaction of the step."""
    if complaint.tied:
        _take_back(complaint)
        _count(complaint)
        Complaint.objects.filter(pk=complaint.pk).update(tied=complaint.tied)


def drop_other_units(complaint: Complaint) -> None:
    """The units were named anew: a visit of a unit that is not meant any more is not the one."""
    known = complaint.opened(complaint.tied, "tied")
    if known and not possible_sessions(complaint).filter(pk=known["session"]).exists():
        _take_back(complaint)
        complaint.tied = ""


def _take_back(complaint: Complaint) -> None:
    known = complaint.opened(complaint.tied, "tied")
    if known.get("counted"):
        Session.objects.filter(pk=known["session"]).update(doubts=F("doubts") - 1)


def _count(complaint: Complaint) -> None:
    known = complaint.opened(complaint.tied, "tied")
    if known:
        counted = complaint.finding in PROVED
        if counted:
            Session.objects.filter(pk=known["session"]).update(doubts=F("doubts") + 1)
        complaint.tied = complaint.sealed({**known, "counted": counted}, "tied")
