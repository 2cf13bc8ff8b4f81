"""投诉统计 by unit, practice and month; small numbers are not told to who does not handle them.

A person of an accused unit does not count what is against it: the rows are those of `visible_to`, or, for
who may only read numbers, all of the district but these.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from jianfu.kernel.practices import PRACTICES
from jianfu.organisations.states import Role
from whitelist.models import Complaint
from whitelist.states.complaint import PROVED

from .figures import SMALL_NUMBER, value_of
from .kinship import kin


@dataclass(frozen=True)
class Line:
    """``cells`` are received and proved; None where the number is too small to be told."""

    label: str
    cells: tuple[int | None, int | None]


@dataclass(frozen=True)
class Table:
    key: str
    title: str
    heading: str
    lines: list[Line]


def years_of(user: Any) -> list[int]:
    days = countable(user).order_by().values_list("received_on", flat=True)
    return sorted({day.year for day in days}, reverse=True)


def countable(user: Any) -> Any:
    """Every complaint of the district but those against the person's own units."""
    accused = Complaint.accused.through.objects.filter(organisation_id__in=kin(user))
    rows = Complaint.objects.filter(district_id=user.district_id)
    return rows.exclude(pk__in=accused.values("complaint_id"))


def tables(user: Any, year: int, on: date) -> list[Table]:
    rows = countable(user).filter(received_on__year=year).prefetch_related("accused").order_by("pk")
    least = 0 if user.has(Role.COMPLAINT_HANDLER) else value_of(SMALL_NUMBER, user.district_id, on)
    kept = list(rows)
    by_unit = [(unit.name, row) for row in kept for unit in row.accused_units]
    by_practice = [(PRACTICES[row.practice][0] if row.practice else "没有选类别", row) for row in kept]
    by_month = [(f"{row.received_on.month}月", row) for row in kept]
    return [
        Table("unit", "按被反映单位", "单位", _lines(by_unit, least)),
        Table("practice", "按问题类别", "问题", _lines(by_practice, least)),
        Table("month", "按收到月份", "月份", _lines(by_month, least, by_size=False)),
    ]


def _lines(pairs: list[tuple[str, Complaint]], least: int, *, by_size: bool = True) -> list[Line]:
    """Most first; no sum stands below, from which a hidden number could be worked out."""
    received = Counter(label for label, _row in pairs)
    proved = Counter(label for label, row in pairs if row.finding in PROVED)
    order = received.most_common() if by_size else received.items()
    return [Line(label, (_told(count, least), _told(proved[label], least))) for label, count in order]


def _told(count: int, least: int) -> int | None:
    return None if 0 < count < least else count
