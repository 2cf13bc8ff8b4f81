"""What other apps may read of the trail, and whether the chain holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from django.core.cache import cache
from django.http import HttpRequest

from jianfu.kernel import dates

from .chain import digest
from .models import NO_DISTRICT, Chain, Event

T = TypeVar("T")
READING = frozenset({"GET", "HEAD"})
KEPT_SECONDS = 60  # for what is written without an event: holidays, in the calendar of every district


class Memory:
    """What was found out for a person, remembered until the next event in the district; one query to begin.

    Nothing of a district changes without an event in its chain, so the head of the chain says whether what
    was counted still holds, in every process; what else it stands on, the day and the roles held on it, is
    in its name. Begin a new one after writing.
    """

    def __init__(self, user: Any, on: date) -> None:
        self._user, self._on = user, on

    @classmethod
    def of(cls, request: HttpRequest) -> Memory:
        """The one of a page that only reads, so that all parts of it ask for the heads together."""
        known: Memory | None = getattr(request, "_memory", None)
        if known is None or request.method not in READING:
            known = cls(request.user, dates.today())
            request._memory = known  # type: ignore[attr-defined]
        return known

    def recall(self, name: str, find: Callable[[], T], *, for_everybody: bool = False) -> T:
        """What ``find`` finds; ``for_everybody`` of the district where it is the same whoever asks."""
        key = self._key(name, for_everybody)
        kept = self._kept(key)
        if kept is not None:
            found: T = kept[1]
            return found
        found = find()
        self._keep(key, found)
        return found

    def known(self, name: str) -> Any:
        """What `keep` was given last of the district, if it still holds; None where nothing does."""
        kept = self._kept(self._key(name, for_everybody=True))
        return kept[1] if kept else None

    def keep(self, name: str, value: Any) -> None:
        """For every reader of the district. ``value`` was found out after this memory was first asked."""
        self._keep(self._key(name, for_everybody=True), value)

    @cached_property
    def _heads(self) -> list[str]:
        heads = Chain.objects.filter(key__in=[NO_DISTRICT, self._user.district_id]).order_by("key")
        return [f"{key}:{head}" for key, head in heads.values_list("key", "head")]

    def _key(self, name: str, for_everybody: bool) -> str:
        user = self._user
        whose = user.district_id
        if not for_everybody:
            whose = f"{user.pk}.{'-'.join(str(row.pk) for row in user.memberships)}"
        return f"audit.memory.{name}.{whose}.{self._on}"

    def _kept(self, key: str) -> tuple[list[str], Any] | None:
        kept: tuple[list[str], Any] | None = cache.get(key) if self._heads else None
        return kept if kept and kept[0] == self._heads else None

    def _keep(self, key: str, value: Any) -> None:
        if self._heads:
            cache.set(key, (self._heads, value), KEPT_SECONDS)


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
