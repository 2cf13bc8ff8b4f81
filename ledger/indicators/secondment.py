"""Row 13 (抽调借用) and row 4 (驻村) of 000, counted from the register of borrowed teachers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from jianfu.kernel import dates
from jianfu.kernel.indicators import Indicator, Measured, declare, difference
from ledger.models import Secondment
from ledger.selectors import secondment as selectors

UNKNOWN = Measured(None, "借用教师台账中没有这一年及以前的记录，数不出来")


def _rows(district: Any) -> Any:
    return Secondment.objects.filter(district_id=district.pk)


def people(district: Any, year: int) -> dict[str, Measured]:
    """Both figures of the register at once; None where it had not begun.

    I13a: people, not records. I4: of the two readings of A9, the flow of people.
    """
    said = selectors.of_a_year(_rows(district), year, dates.today())
    if not said.begun:
        return {"I13a": UNKNOWN, "I4": UNKNOWN}
    away = f"{year}年有借用的教师 {said.people} 人、记录 {said.records} 条，不含交流轮岗"
    back = f"{year}年结束驻村、没有再派出的教师 {said.called_back} 人"
    return {"I13a": Measured(said.people, away), "I4": Measured(said.called_back, back)}


def borrowed(district: Any, year: int) -> Measured:
    return people(district, year)["I13a"]


def called_back(district: Any, year: int) -> Measured:
    return people(district, year)["I4"]


def _register(figure: str) -> Callable[[Any, int], str]:
    return lambda _district, year: f"{reverse('ledger:secondment_list')}?counted={year}&figure={figure}"


BORROWED = declare(
    Indicator(
        code="I13a",
        name="本年抽调借用教师",
        unit="人",
        definition="借期与本年有任何一天重叠的教师人数：同一人一年内多次借用只计一次，跨年借用两年都计，"
        "到期未返岗的按仍在借计；不含交流轮岗，不含已作废的记录。",
        source="借用教师台账（000 r13）",
        query="借用教师台账中借期与本年重叠的教师，同一人计一次",
        measure=borrowed,
        together=people,
        records_url=_register("I13a"),
        checks=("R-LED-13",),
    )
)
FEWER_BORROWED = declare(
    difference(
        BORROWED,
        code="I13b",
        name="抽调借用教师较上年减少",
        definition="上年人数减本年人数，口径同“本年抽调借用教师”；负数表示增加。上年台账已填数的，以上年台账为准。",
        query="上年人数－本年人数",
    )
)
CALLED_BACK = declare(
    Indicator(
        code="I4",
        name="年减少的驻村扶贫教师人数",
        unit="人",
        definition="本年内从驻村返岗，且到年末（当年看到今天）没有再驻村的教师人数。",
        source="借用教师台账中类别为驻村的记录（000 r4）",
        query="借用教师台账中本年从驻村返岗、年末没有再驻村的教师",
        measure=called_back,
        together=people,
        records_url=_register("I4"),
        less_is_better=False,
    )
)
