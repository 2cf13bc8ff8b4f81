"""省、市、区县合计: what the lists of all three levels bring into schools together (domain-facts B2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from approvals.states import Level

from .figures import TOTAL_CAP, in_force
from .models import Entry, UpperItem

_ABOVE = {Level.PROVINCE: "省级", Level.CITY: "市级"}


def total_warnings(district_id: int, year: int, entries: Iterable[Entry]) -> list[str]:
    """One sentence where ours and those of province and city come to more than the figure; only told.

    An upper item that one of ours comes from counts once, and so does one that both levels list. What was
    only registered (免申报) is not counted, nor is another year's upper list. Two queries.
    """
    ours = [entry for entry in entries if not entry.exempt]
    above = _above(district_id, year, ours)
    cap, total = in_force(TOTAL_CAP, district_id), len(ours) + above.total()
    if total <= cap:
        return []
    besides = "".join(f"，{_ABOVE[level]}另有 {above[level]} 项" for level in _ABOVE if above[level])
    return [
        f"{year}年名单本区县 {len(ours)} 项{besides}，合计 {total} 项，超过 {cap} 项"
        f"（{TOTAL_CAP.title}，《{TOTAL_CAP.document}》，待核实）。只作提示：请看能否合并、减少；"
        "本区县另有规定的，请在政策参数里改这条提示线"
    ]


def _above(district_id: int, year: int, ours: list[Entry]) -> Counter[Any]:
    """How many items only province or city list, by level, each title once."""
    known = {entry.upper_id for entry in ours} - {None}
    titles = {entry.title for entry in ours}
    rows = UpperItem.objects.filter(district_id=district_id, year=year, level__in=_ABOVE)
    found: dict[str, str] = {}
    for pk, title, level in rows.order_by("-level", "pk").values_list("pk", "title", "level"):
        if pk in known:
            titles.add(title)
        else:
            found.setdefault(title, level)
    return Counter(Level(level) for title, level in found.items() if title not in titles)
