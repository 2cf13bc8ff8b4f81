"""What an answer is about, as its title says it: plain words in and out."""

from __future__ import annotations

from jianfu.kernel.quotes import quoted

from .states import CAMPUS, INSPECTIONS, Road

EXEMPT_FORM = "社会事务进校园免申报活动登记表"


def matter_of(road: str, title: str) -> str:
    """“消防演练”进校园活动."""
    name = quoted(title)
    if road in CAMPUS:
        return f"{name}活动" if "进校园" in title else f"{name}进校园活动"
    return f"{name}督查检查评比考核事项" if road in INSPECTIONS else f"{name}{Road(road).label}"


def subject_of(road: str, title: str, *, answered: bool = False) -> str:
    """关于同意开展…的批复; ``answered``: the bureau gives what it knows already (R78, R79)."""
    if answered:
        return f"关于{matter_of(road, title)}所需数据的批复"
    if road in INSPECTIONS:
        return f"关于同意{quoted(title)}列入督查检查评比考核清单的批复"
    if road in (Road.SECONDMENT, Road.SECONDMENT_SHORT):
        return f"关于同意{quoted(title)}{Road(road).label}的批复"
    return f"关于同意开展{matter_of(road, title)}的批复"
