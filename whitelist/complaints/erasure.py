"""When name and telephone, and later the evidence, of an ended complaint are to be erased.

The words of the complaint and the verdict stay: they are what the decision stands on. While a fabrication is
to be judged the telephone stays, too, and its digest for good where it was judged to be one (B6).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.kernel.policy import Figure
from whitelist.states.complaint import ENDED

from .figures import ERASE_EVIDENCE, ERASE_IDENTITY, value_of

_PATIENCE = 7  # days, over which a daily command may not have run


def ended_on(complaint: Any) -> date | None:
    """办结, 不予受理 or 转出; None while it is open."""
    return timezone.localtime(complaint.state_entered_at).date() if complaint.state in ENDED else None


def identity_due_on(complaint: Any, on: date) -> date | None:
    return None if complaint.fabrication_proposed else _due(complaint, ERASE_IDENTITY, on)


def evidence_due_on(complaint: Any, on: date) -> date | None:
    """Counted from the last file, where the writer sent one after the end."""
    due, last = _due(complaint, ERASE_EVIDENCE, on), complaint.evidence.aggregate(last=Max("on"))["last"]
    if due is None or last is None:
        return None
    return max(due, last + timedelta(days=value_of(ERASE_EVIDENCE, complaint.district_id, on)))


def is_still_needed(complaint: Any, on: date) -> Decision:
    """Nobody opens what should be erased by now, also where nothing ran that erases it."""
    due = identity_due_on(complaint, on)
    if due is None or on < due:
        return allow()
    days = value_of(ERASE_IDENTITY, complaint.district_id, on)
    return refuse(f"办结已满 {days} 天，姓名、电话按规定删除，不再打开")


def identity_words(complaint: Any, on: date) -> str:
    """What is said of name and telephone, to handler and writer; "" where there is nothing."""
    if complaint.identity_erased_on:
        return f"联系方式已于{chinese_date(complaint.identity_erased_on)}按规定删除"
    due = identity_due_on(complaint, on) if complaint.identity else None
    return f"姓名、电话到{chinese_date(due)}按规定删除" if due else ""


def evidence_words(complaint: Any, on: date) -> str:
    if due := evidence_due_on(complaint, on):
        return f"图片、PDF 到{chinese_date(due)}按规定删除"
    erased = complaint.evidence_erased_on
    return f"证据已于{chinese_date(erased)}按规定删除" if erased else ""


def is_neglected(rows: Any, district_id: int, on: date) -> bool:
    """Of these, is there one that should have been erased a week ago? Then nothing runs that does it."""
    last = on - timedelta(days=value_of(ERASE_IDENTITY, district_id, on) + _PATIENCE)
    before = timezone.make_aware(datetime.combine(last, time.min))
    late = rows.ended().named().filter(state_entered_at__lt=before, fabrication_proposed=False)
    return bool(late.exists())


def _due(complaint: Any, figure: Figure, on: date) -> date | None:
    ended = ended_on(complaint)
    return ended and ended + timedelta(days=value_of(figure, complaint.district_id, on))
