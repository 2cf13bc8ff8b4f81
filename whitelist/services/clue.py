"""Writes: closing a clue with a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Conflicted, refuse, require
from jianfu.kernel.steps import filled
from jianfu.kernel.workflow import save_tracked
from whitelist import permissions
from whitelist.clues import Clue, Found
from whitelist.models import ClosedClue
from whitelist.states import ClueVerdict

if TYPE_CHECKING:
    from jianfu.organisations.models import User


def close_clue(*, clue: Clue, found: Found, verdict: str, note: str, by: User) -> ClosedClue:
    """已核实 or 不成立. It comes back only with other records."""
    decision = permissions.may_close_clue(by.district_id, by) & filled(note.strip(), "填写核实情况")
    if verdict not in ClueVerdict.values:
        decision &= refuse("选择“已核实”或“不成立”")
    require(decision)
    row = ClosedClue(
        district_id=by.district_id, code=clue.code, key=found.key, about=found.about[:200],
        words=found.words[:500], verdict=verdict, note=note.strip(), closed_by=by.person,
        closed_at=dates.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            save_tracked(row, by=by, reason=f"监测线索：{ClueVerdict(verdict).label}")
            trail.record(action="clue.closed", target=row, by=by, note=row.note, data={"verdict": verdict})
    except IntegrityError:
        raise Conflicted(refuse("这条线索同事刚刚核实过")) from None
    return row
