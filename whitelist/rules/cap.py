"""How many activities a school has in a term (B5). The definition stands here, and nowhere else.

By 项: different items of the whitelist that come to the school at least once in the term. By 次: days on
which an item comes, each item counted for itself. What was called off or sent away is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

ITEMS, TIMES = "项", "次"
DEFINITION = (
    "“项”是本学期到这所学校的不同白名单事项（已报区教委和已同意的），同一事项来几次算一项；"
    "“次”是来校的天数，同一事项同一天算一次。已取消、学校已拒绝、没有来的不算；学校自己邀请的不算。"
)

# (entry, day) of what comes to one school in one term.
Comings = Iterable[tuple[int, date]]


def load_of(comings: Comings, counts: str = ITEMS) -> int:
    found = set(comings)
    return len(found) if counts == TIMES else len({entry for entry, _day in found})
