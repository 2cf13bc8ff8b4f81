"""A row of 问题和整改台账 out of a complaint found true and acted on (R111): one click, all filled in.

Which unit, which practice, what was done; nothing of who wrote, where or when, nor the complaint's number.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from jianfu.kernel import dates
from jianfu.organisations.selectors import work_calendar
from ledger.models import Problem
from ledger.permissions.register import may_add
from ledger.registers import REGISTERS
from ledger.states import ProblemKind, ProblemSource
from whitelist.selectors.complaint import proved_complaints

from .complaint import done_with, practice_of

SLUG = Problem.slug
_DAYS_TO_MEND = 10  # as the 通报 asks: 十个工作日内报送整改情况
_PATIENCE = 366  # days, for which one that was not entered is offered


def entered(complaint_id: int) -> Problem | None:
    """The row that stands for it; one that was voided does not."""
    return Problem.objects.filter(complaint_id=complaint_id).valid().first()


def offered(by: Any) -> Any:
    """Complaints of the last year that this person could enter and nobody has."""
    rows = proved_complaints(by)
    if not may_add(by, REGISTERS[SLUG]):
        return rows.none()
    taken = Problem.objects.filter(complaint__isnull=False).valid().values("complaint")
    since = dates.today() - dates.timedelta(days=_PATIENCE)
    return rows.filter(found_on__gte=since).exclude(pk__in=taken)


def offers(by: Any) -> list[dict[str, str]]:
    """As the page of the register shows them."""
    return [
        {"words": f"{initial_of(row)['name']}（{done_with(row)}）", "url": address_of(row.pk)}
        for row in offered(by)
    ]


def initial_of(complaint: Any) -> dict[str, Any]:
    practice, units = practice_of(complaint), complaint.accused_words
    return {
        "name": f"{units}：{practice}"[:200],
        "kind": ProblemKind.OTHER,
        "practice": complaint.practice,
        "source": ProblemSource.COMPLAINT,
        "culprit": units[:100],
        "begun_on": complaint.found_on,
        "measures": f"停止“{practice}”，已经布置的通知学校不再执行",
        "due_on": work_calendar().add(dates.today(), _DAYS_TO_MEND),
        "note": done_with(complaint)[:300],
    }


def address_of(complaint_id: int) -> str:
    return f"{reverse('ledger:item_add', args=[SLUG])}?{urlencode({'complaint': complaint_id})}"


def sequel(row: Any, by: Any) -> tuple[str, str] | None:
    """Beside a complaint: to enter it, or the row that was entered."""
    if row._meta.label != "whitelist.Complaint" or not may_add(by, REGISTERS[SLUG]):
        return None
    known = entered(row.pk)
    if known is not None:
        return "问题清单里的这一条", known.get_absolute_url()
    may = proved_complaints(by).filter(pk=row.pk).exists()
    return ("登记到问题清单", address_of(row.pk)) if may else None
