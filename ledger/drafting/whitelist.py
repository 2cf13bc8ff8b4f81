"""进校园 items that were approved and listed in the year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from whitelist import selectors as whitelist

from .proposal import Draft, Proposal, declare, each


def listed(by: Any, year: int) -> Iterator[Proposal]:
    rows = whitelist.listed_in_year(by.district_id, year).visible_to(by).select_related("district")
    register = f"{reverse('whitelist:register')}?standing=all&year={year}"
    together = Proposal("", "经审批列入白名单的进校园活动", register, unit="项")
    return each(f"listed-{year}", rows, _entry, together=together)


def _entry(entry: Any) -> Proposal:
    return Proposal(
        key=f"entry-{entry.pk}",
        name=f"{entry.title}（{entry.lead_name}）"[:200],
        url=entry.get_absolute_url(),
        outcome=f"经审批列入白名单（{entry.number}），{entry.period}开展",
    )


declare(Draft("白名单", frozenset({"T08"}), listed))
