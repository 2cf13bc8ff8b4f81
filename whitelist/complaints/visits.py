"""Which planned visit a complaint is about: that one at which nobody came, or somebody did something else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from jianfu.kernel.dates import chinese_date
from jianfu.organisations.selectors import schools
from whitelist.models import Complaint, Session
from whitelist.states.complaint import VisitFound

_BEFORE = timedelta(days=90)  # people tell of what was lately
MOST = 200


def possible_sessions(complaint: Complaint) -> Any:
    """Of the units, up to the day on which it came in; at the school that was told, where one was."""
    told = complaint.opened(complaint.story, "story").get("school", "")
    named = [row.pk for row in schools(complaint.district_id) if _is_named(row, told)]
    rows = Session.objects.known().filter(activity__organisation__in=complaint.accused_units)
    rows = rows.between(complaint.received_on - _BEFORE, complaint.received_on)
    rows = rows.filter(school__in=named) if named else rows
    return rows.select_related("activity__organisation", "school").order_by("-day", "-pk")


def _is_named(school: Any, told: str) -> bool:
    return any(name and name in told for name in (school.name, school.short_name))


def in_words(session: Session) -> str:
    return f"{chinese_date(session.day)} {session.times} {session.school}，{session.activity.title}"


def tied_words(complaint: Complaint) -> str:
    """As the handler reads it; "" where none was chosen."""
    known = complaint.opened(complaint.tied, "tied")
    if not known:
        return ""
    session = Session.objects.select_related("activity", "school").get(pk=known["session"])
    return f"{in_words(session)}：{VisitFound(known['found']).label}"
