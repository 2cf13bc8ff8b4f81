"""Who belongs to an accused unit, and which unit somebody means who typed its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jianfu.organisations.selectors import organisations, with_superiors
from jianfu.organisations.states import Kind

_BUREAU = ("教委", "教育局", "教育委员会", "教体局")


def kin(user: Any) -> set[int]:
    """Every unit whose complaints this account may not know of.

    The person's own unit, those in which they hold a role, those of people they stand in for, and what lies
    above each: who works in a section belongs to its bureau. Known once per request, and not asked where
    nothing lies above.
    """
    known: set[int] | None = getattr(user, "_complaint_kin", None)
    if known is None:
        units = [user.person.organisation, *(row.organisation for row in user.memberships)]
        lenders = [row.on_behalf_of.organisation_id for row in user.memberships if row.on_behalf_of]
        keys = {unit.pk for unit in units if unit}
        alone = not lenders and all(unit is None or unit.parent_id is None for unit in units)
        known = keys if alone else with_superiors(user.district_id, [*keys, *lenders])
        user._complaint_kin = known
    return known


def meant(district_id: int, typed: str) -> list[Any]:
    """The units whose name, short name or alias occurs in what was typed.

    Not one whose name is only a part of another's that is there, too: 区公安分局 in 区公安分局交巡警支队.
    """
    words = "".join(typed.split())
    rows = [row for row in organisations(district_id) if row.kind != Kind.PANEL]
    longest = {row: max((n for n in _names(row) if n in words), key=len, default="") for row in rows}
    names = [name for name in longest.values() if name]
    found = [
        row
        for row, name in longest.items()
        if name and not any(name != other and name in other for other in names)
    ]
    if any(name in words for name in _BUREAU) and not any(row.kind == Kind.SECTION for row in found):
        found += [row for row in rows if row.kind == Kind.BUREAU and row not in found]
    return found


def _names(row: Any) -> Iterable[str]:
    written = [row.name, row.short_name, *row.aliases.split("、")]
    return [name for name in written if len(name) > 1]


def is_escalated(units: Iterable[Any]) -> bool:
    """The bureau itself is accused: none of its people may handle that (领导小组)."""
    return any(row.kind == Kind.BUREAU for row in units)
