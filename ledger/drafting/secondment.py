"""Borrowed teachers who came back in the year. Schools and units are named, teachers are not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from jianfu.kernel import dates
from jianfu.kernel.dates import chinese_date
from ledger.models import Secondment
from ledger.states import COUNTED_KINDS, SecondmentKind

from .proposal import Draft, Proposal, declare, each

Propose = Callable[[Any, int], Iterator[Proposal]]


def _returned(slug: str, kinds: frozenset[str], words: str) -> Propose:
    def propose(by: Any, year: int) -> Iterator[Proposal]:
        back = Secondment.objects.visible_to(by).for_list().valid().filter(kind__in=kinds)
        rows = back.filter(returned_on__year=year, returned_on__lte=dates.today())
        together = Proposal("", words, reverse("ledger:secondment_list"), unit="人次")
        return each(f"returned-{slug}-{year}", rows.order_by("returned_on", "pk"), _record, together=together)

    return propose


def _record(record: Secondment) -> Proposal:
    return Proposal(
        key=f"secondment-{record.pk}",
        name=f"{record.borrowing_unit_name}借用的{record.school}教师返岗"[:200],
        url=record.get_absolute_url(),
        outcome=f"{chinese_date(record.returned_on)}返岗（{record.label}）",
    )


VILLAGE = frozenset({SecondmentKind.VILLAGE})
declare(Draft("返岗的借用教师", frozenset({"T16"}), _returned("all", COUNTED_KINDS, "抽调借用的教师返岗")))
declare(Draft("返岗的驻村教师", frozenset({"T04"}), _returned("village", VILLAGE, "驻村教师返岗")))
