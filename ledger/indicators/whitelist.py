"""Row 8 (进校园活动) of 000, counted from the whitelist."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from jianfu.kernel.indicators import Indicator, Measured, declare, difference
from whitelist import selectors as whitelist


def listed(district: Any, year: int) -> Measured:
    """I8a: items, not visits; None while the district has listed nothing in the year."""
    items, exempt = whitelist.numbers_in_year(district.pk, year)
    if not items:
        return Measured(None, f"{year}年还没有公布过白名单，数不出来")
    among = f"，其中免申报登记 {exempt} 项" if exempt else ""
    return Measured(items, f"{year}年列入白名单的事项 {items} 项{among}，后来移出的也计")


def _list(_district: Any, year: int) -> str:
    return f"{reverse('whitelist:register')}?standing=all&year={year}"


LISTED = declare(
    Indicator(
        code="I8a",
        name="本年度各类“进校园”活动数量",
        unit="项",
        definition="本年度列入白名单的事项数（年度、一事一审、即时突发，连同免申报登记），按事项计，不按场次计；"
        "后来移出的也计，转入以后各批的只计一次。"
        "尚未公布白名单的年度数不出来，不作 0 计。",
        source="白名单（000 r8）",
        query="白名单中计划年度为本年的事项",
        measure=listed,
        records_url=_list,
        checks=("R-LED-13",),
    )
)
FEWER_LISTED = declare(
    difference(
        LISTED,
        code="I8b",
        name="各类“进校园”活动较上年度减少",
        definition="上年事项数减本年事项数，口径同上；负数表示增加。上年台账已填数的，以上年台账为准。",
        query="上年事项数－本年事项数",
    )
)
