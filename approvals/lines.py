"""Applications as lines of a list or of the desk: a few columns each, nothing asked of the database again.

A list shows fifty lines, a desk sorts a hundred: a model of sixty fields with its unit, handler and borrowing
is four objects a line, which took longer than the query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.urls import reverse

from jianfu.organisations.selectors import work_calendar

from .progress import tone
from .states import Road, State

ROAD_WORDS: dict[str, str] = dict(Road.choices)
STATE_WORDS: dict[str, str] = dict(State.choices)


class Line(NamedTuple):
    """Its fields are the columns to read; what `Holders` asks of an application it answers, too."""

    pk: int
    road: str
    number: str | None
    title: str
    state: str
    state_entered_at: datetime
    due_on: date | None
    starts_on: date | None
    ends_on: date | None
    schools_text: str
    teacher_count: int | None
    class_hours: Decimal | None
    contact_name: str
    contact_phone: str
    responsible_id: int | None
    organisation_id: int
    organisation__name: str
    organisation__short_name: str
    handler__name: str
    borrowing__school_id: int | None
    urged: int = 0  # where it was asked for: `Applications.with_urged`

    def __str__(self) -> str:
        return self.title or "未命名的申请"

    @property
    def organisation(self) -> str:
        return self.organisation__short_name or self.organisation__name

    @property
    def contact(self) -> str:
        return self.contact_name or self.handler__name

    @property
    def teacher_school_id(self) -> int | None:
        return self.borrowing__school_id


def read_lines(rows: Any) -> list[Line]:
    names = [name for name in Line._fields if name != "urged" or name in rows.query.annotations]
    return [Line(*values) for values in rows.values_list(*names)]


def addresses(name: str) -> Callable[[int], str]:
    """The page ``name`` of any row: its address is looked up once, and not for every line."""
    before, after = reverse(name, args=[0]).rsplit("0", 1)
    return lambda pk: f"{before}{pk}{after}"


def cells(rows: Iterable[Line], holders: Any, today: date) -> list[dict[str, Any]]:
    """What approvals/list.html prints in each line."""
    calendar, address = work_calendar(), addresses("approvals:application_detail")
    return [
        {
            "url": address(row.pk),
            "number": row.number or "—",
            "title": str(row),
            "road": ROAD_WORDS[row.road],
            "unit": row.organisation,
            "unit_name": row.organisation__name,
            "starts_on": row.starts_on,
            "ends_on": row.ends_on,
            "schools": row.schools_text,
            "teachers": row.teacher_count,
            "hours": row.class_hours,
            "state": STATE_WORDS[row.state],
            "tone": tone(row.state),
            "holder": holders.of(row).who,
            "remaining": calendar.remaining(row.due_on, today) if row.due_on else None,
        }
        for row in rows
    ]
