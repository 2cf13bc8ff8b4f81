"""Which approvals extended a borrowing, as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from approvals.selectors import Chain, borrowing_chain, visible_applications
from jianfu.kernel.dates import chinese_date
from ledger.models import Secondment


@dataclass(frozen=True)
class ChainLine:
    """One approval: ``url`` only where the reader may see it; ``months`` together with those before it."""

    words: str
    number: str
    url: str
    starts_on: date
    ends_on: date
    document: str
    decided_on: date | None
    months: int
    approved: bool


@dataclass(frozen=True)
class ShownChain:
    """``words`` says how much of the cap is used and until when it lasts."""

    lines: tuple[ChainLine, ...]
    words: str
    full: bool


def chain_of(record: Secondment, by: Any) -> ShownChain | None:
    """None for what was entered by hand: nothing was approved here that could have been extended."""
    if record.application is None:
        return None
    chain = borrowing_chain(record.application)
    seen = visible_applications(by, [link.application.pk for link in chain.links])
    lines = tuple(
        ChainLine(
            words=_words(number, approved=link.approved, state=link.application.get_state_display()),
            number=link.application.number or "",
            url=link.application.get_absolute_url() if link.application.pk in seen else "",
            starts_on=link.application.starts_on,
            ends_on=link.application.ends_on,
            document=link.application.meeting_number,
            decided_on=link.application.decided_on,
            months=link.months,
            approved=link.approved,
        )
        for number, link in enumerate(chain.links)
    )
    if record.returned_on:
        return ShownChain(lines, _used(chain), full=False)
    return ShownChain(lines, _summary(chain), full=chain.left <= 0)


def _words(number: int, *, approved: bool, state: str) -> str:
    kind = f"第 {number} 次续借" if number else "首次借用"
    return kind if approved else f"{kind}申请（{state}）"


def _used(chain: Chain) -> str:
    return f"累计 {chain.months} 个月，上限 {chain.cap} 个月"


def _summary(chain: Chain) -> str:
    used = _used(chain)
    if chain.left > 0:
        return f"{used}，还可续借到{chinese_date(chain.latest)}"
    return f"{used}，不能再续借，到期返岗"
