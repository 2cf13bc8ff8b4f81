"""Rows 1 and 2 (督查检查评比考核) of 000, counted from the published inspection plan of approvals."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from approvals import selectors as approvals
from approvals.states import Road
from jianfu.kernel.indicators import NOTHING, Indicator, Measured, declare, difference


def announced(district: Any, year: int) -> Measured:
    """I1: the published items of the plan; the single ones are told apart and not added (002 一1)."""
    rows = approvals.announced_inspections(district.pk, year).order_by()
    found = rows.aggregate(
        planned=Count("pk", filter=Q(road=Road.INSPECTION_PLAN)),
        single=Count("pk", filter=Q(road=Road.INSPECTION_SINGLE)),
    )
    apart = f"；另有一事一报 {found['single']} 项，单独统计，未计入" if found["single"] else ""
    if not found["planned"] and not _plans(district, year).exists():
        return Measured(None, f"{year}年的督查检查评比考核年度计划还没有公布，数不出来{apart}")
    return Measured(found["planned"], f"{year}年年度计划公布的事项 {found['planned']} 项{apart}")


def listed_before(district: Any, year: int) -> Measured:
    """Last year's items as the plan of ``year`` knows them: from a document, else from last year's list."""
    plan = _plans(district, year).first()
    before = approvals.reduction_of(plan).before if plan else None
    if plan is None or before is None:
        return NOTHING
    source = plan.past_source if plan.past_count is not None else "上年清单逐项登记"
    return Measured(before, f"{year - 1}年 {before} 项（{source}）")


def _plans(district: Any, year: int) -> Any:
    return approvals.published_plans(district.pk).filter(year=year)


def _public_list(district: Any, year: int) -> str:
    return reverse("whitelist:inspection_list", args=[district.code, year]) + "#planned"


ANNOUNCED = declare(
    Indicator(
        code="I1",
        name="本年度公布的督查检查评比考核事项",
        unit="项",
        definition="本年度计划中经批准并已公布的督查检查评比考核事项数，同类事项合并后按一项计。"
        "计划外按一事一报办理的单独统计，不计入。计划尚未公布的年度数不出来，不作 0 计。",
        source="督查检查评比考核年度计划（000 r1）",
        query="公布清单中的计划内事项",
        measure=announced,
        before=listed_before,
        records_url=_public_list,
        checks=("R-LED-13",),
    )
)
FEWER_ANNOUNCED = declare(
    difference(
        ANNOUNCED,
        code="I2",
        name="督查检查评比考核事项较上年减少",
        definition="上年事项数减本年事项数，口径同“本年度公布的督查检查评比考核事项”；负数表示增加。"
        "上年台账已填数的，以上年台账为准，其次是上年基数和年度计划登记的上年事项数。",
        query="上年事项数－本年事项数，达到上年的 50% 为完成目标",
        checks=("R-LED-12",),
    )
)
