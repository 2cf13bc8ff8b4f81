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
    definition: str
    lines: list[Line]

    @property
    def headings(self) -> list[str]:
        return [self.heading, *COLUMNS]


COLUMNS = ("收到", "查实")
FEW = "很少"
_EVERY = "“收到”是这一年收到的投诉举报和意见建议；“查实”是其中认定为属实、部分属实的，按收到的年份和月份计。"
TABLES = {
    "unit": ("按被反映单位", "单位", "一件反映几个单位的，各计一件。"),
    "practice": ("按问题类别", "问题", "问题类别是反映人或登记人选的。"),
    "month": ("按收到月份", "月份", ""),
}


def years_of(user: Any) -> list[int]:
    days = countable(user).order_by().values_list("received_on", flat=True)
    return sorted({day.year for day in days}, reverse=True)


def countable(user: Any) -> Any:
    """Every complaint of the district but those against the person's own units."""
    accused = Complaint.accused.through.objects.filter(organisation_id__in=kin(user))
    rows = Complaint.objects.filter(district_id=user.district_id)
    return rows.exclude(pk__in=accused.values("complaint_id"))


def tables(user: Any, year: int, on: date, *, leaves: bool = False) -> list[Table]:
    """As the person may see them; what ``leaves`` as a file hides small numbers whoever made it."""
    rows = countable(user).filter(received_on__year=year).prefetch_related("accused").order_by("pk")
    knows = user.has(Role.COMPLAINT_HANDLER) and not leaves
    least = 0 if knows else value_of(SMALL_NUMBER, user.district_id, on)
    kept = list(rows)
    pairs = {
        "unit": [(unit.name, row) for row in kept for unit in row.accused_units],
        "practice": [(PRACTICES[row.practice][0] if row.practice else "没有选类别", row) for row in kept],
        "month": [(f"{row.received_on.month}月", row) for row in kept],
    }
    hidden = (
        f"少于 {least} 件的写“{FEW}”，只有一处时连最小的另一处也写“{FEW}”，不显示合计，免得猜出是谁反映的。"
    )
    said = _EVERY + (hidden if least else "") + "反映本单位的不在内；不按学校统计。"
    return [
        Table(key, title, heading, own + said, _lines(pairs[key], least, by_size=key != "month"))
        for key, (title, heading, own) in TABLES.items()
    ]


def _lines(pairs: list[tuple[str, Complaint]], least: int, *, by_size: bool = True) -> list[Line]:
    """Most first; no sum stands below, from which a hidden number could be worked out."""
    received = Counter(label for label, _row in pairs)
    proved = Counter(dict.fromkeys(received, 0))
    proved.update(label for label, row in pairs if row.finding in PROVED)
    order = [label for label, _count in received.most_common()] if by_size else list(received)
    told = [_told(counts, least) for counts in (received, proved)]
    return [Line(label, (told[0][label], told[1][label])) for label in order]


def _told(counts: Counter[str], least: int) -> dict[str, int | None]:
    """None for what is too small; a single one would be what another table's sum leaves over, so the
    smallest of the others goes with it."""
    small = {label for label, count in counts.items() if 0 < count < least}
    others = sorted((count, label) for label, count in counts.items() if count >= max(least, 1))
    if len(small) == 1 and others:
        small.add(others[0][1])
    return {label: None if label in small else count for label, count in counts.items()}
