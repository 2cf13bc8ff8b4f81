"""Writes: which upper item an entry of ours is derived from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from approvals.states import Level
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Refused, refuse, require
from jianfu.kernel.workflow import locked, save_tracked
from whitelist import permissions
from whitelist.models import Entry, UpperItem

if TYPE_CHECKING:
    from jianfu.organisations.models import User


def link_upper(*, entry: Entry, upper: UpperItem | None, by: User) -> Entry:
    """From the next release on; what is published keeps what it said. None: the district's own."""
    with transaction.atomic():
        fresh: Entry = locked(entry)
        require(permissions.may_link(fresh, by))
        if upper is not None and upper.district_id != fresh.district_id:
            raise Refused(refuse("选择本区县登记的上级名单事项"))
        if fresh.upper_id == (upper.pk if upper else None):
            return fresh
        fresh.upper, fresh.source_level = upper, upper.level if upper else Level.DISTRICT
        fresh.changed_at = dates.now()
        save_tracked(fresh, by=by, reason=f"来源：{upper or '本区县'}")
        trail.record(action="entry.linked", target=fresh, by=by, note=f"来源：{upper or '本区县'}"[:500])
    return fresh
