"""What other apps may read of the trail, and whether the chain holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .chain import digest
from .models import Chain, Event


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
