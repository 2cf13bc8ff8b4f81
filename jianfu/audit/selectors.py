"""What other apps may read of the trail, and whether the chain holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.cache import cache

from .chain import digest
from .models import NO_DISTRICT, Chain, Event

T = TypeVar("T")
KEPT_SECONDS = 60  # for what is written without an event: holidays, in the calendar of every district


class Memory:
    """What was found out for a person, remembered until the next event in the district; one query to begin.

    Nothing of a district changes without an event in its chain, so the head of the chain says whether what
    was counted still holds, in every process; what else it stands on, the day and the roles held on it, is
    in its name. Begin a new one after writing.
    """

    def __init__(self, user: Any, on: date) -> None:
        heads = Chain.objects.filter(key__in=[NO_DISTRICT, user.district_id]).order_by("key")
        self._heads = [f"{key}:{head}" for key, head in heads.values_list("key", "head")]
        self._district = f"{user.district_id}.{on}"
        self._person = f"{user.pk}.{'-'.join(str(row.pk) for row in user.memberships)}.{on}"

    def recall(self, name: str, find: Callable[[], T], *, for_everybody: bool = False) -> T:
        """What ``find`` finds; ``for_everybody`` of the district where it is the same whoever asks."""
        key = f"audit.memory.{name}.{self._district if for_everybody else self._person}"
        kept: tuple[list[str], T] | None = cache.get(key) if self._heads else None
        if kept and kept[0] == self._heads:
            return kept[1]
        found = find()
        if self._heads:
            cache.set(key, (self._heads, found), KEPT_SECONDS)
        return found


def events_for(target: Any) -> Any:
    """The events of one row, newest first. The caller has already passed the row's own door."""
    return Event.objects.filter(target_type=target._meta.label_lower, target_id=str(target.pk)).order_by(
        "-position"
    )


@dataclass(frozen=True)
class Break:
    """Where a chain does not hold, and what is wrong there, in words."""

    chain_key: int
    position: int
    problem: str


def breaks(chain: Chain) -> list[Break]:
    """Every place where the chain does not hold; empty when it does. Reads it once, in order."""
    found, previous, expected = [], "", 1
    for event in Event.objects.filter(chain_key=chain.key).order_by("position").iterator(2000):
        if event.position != expected:
            found.append(Break(chain.key, expected, f"缺少第 {expected} 至 {event.position - 1} 条"))
        elif event.previous != previous:
            found.append(Break(chain.key, event.position, "与前一条接不上"))
        if event.digest != digest(event):
            found.append(Break(chain.key, event.position, "内容与摘要不符，被改动过"))
        previous, expected = event.digest, event.position + 1
    if (chain.length, chain.head) != (expected - 1, previous):
        found.append(Break(chain.key, chain.length, "链尾与登记的不符，末尾有记录被删去"))
    return found
