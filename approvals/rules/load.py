"""How much comes together at one school, in one term and in one year (A11, B5, R50, R61)."""

from __future__ import annotations

from jianfu.kernel.papers import HECHUAN, MINISTRY, SINCE, Facts, known
from jianfu.kernel.policy import Figure, Rule, Severity, declare

SCHOOL_CAP = declare(
    Figure(
        "CAM-CAP-SCHOOL", "每校每学期进校园活动上限", 6, "项", "三，条款待核实", MINISTRY, SINCE[MINISTRY],
        verified=False,
    )
)  # fmt: skip
YEAR_CAP = declare(
    Figure(
        "CAM-CAP-YEAR", "全年进校园事项上限", 10, "项", "三，条款待核实", MINISTRY, SINCE[MINISTRY],
        verified=False,
    )
)  # fmt: skip
_SHOWN = 3  # schools named in a sentence


def _schools_full(facts: Facts) -> str | None:
    """``school_loads``: (school, items of the term without this one, titles on the same days)."""
    cap = facts[SCHOOL_CAP.code]
    full = [(name, count) for name, count, _titles in facts.get("school_loads") or () if count + 1 > cap]
    if not full:
        return None
    named = "、".join(f"{name}（已有 {count} 项）" for name, count in full[:_SHOWN])
    more = f"等 {len(full)} 所学校" if len(full) > _SHOWN else ""
    return f"{named}{more}本学期加上这一项超过每校 {cap} 项。请换学校、换学期，或与已有的活动合并"


def _same_days(facts: Facts) -> str | None:
    busy = [(name, titles) for name, _count, titles in facts.get("school_loads") or () if titles]
    if not busy:
        return None
    named = "；".join(
        f"{name}：{'、'.join(f'“{each}”' for each in titles[:2])}" for name, titles in busy[:_SHOWN]
    )
    more = f"等 {len(busy)} 所学校" if len(busy) > _SHOWN else ""
    return f"同一段日子已有别的活动进校（{named}{more}）。请错开日期，或与它合并开展"


def _year_full(facts: Facts) -> str | None:
    cap, count = facts[YEAR_CAP.code], facts.get("year_count")
    if count is None or count + 1 <= cap:
        return None
    return (
        f"{facts['year']}年已有 {count} 项，加上这一项超过全年 {cap} 项的上限。请与已有的事项合并，或不再新增"
    )


SCHOOLS_FULL = known(
    Rule(
        "R-CAM-24", "每校每学期上限", "教师厅〔2025〕2号，条款待核实", _schools_full, Severity.WARN,
        "schools_text", (SCHOOL_CAP,),
    ),
    MINISTRY,
    verified=False,
)  # fmt: skip
SAME_DAYS = known(
    Rule(
        "R-CAM-25",
        "避免集中进校",
        "004 三（二）",
        _same_days,
        Severity.WARN,
        "starts_on",
        quote="同一或相近主题活动频繁、多部门组织进入校园",
    ),
    HECHUAN,
)
# The number is a province's: it waits for a district to take it over.
YEAR_FULL = known(
    Rule(
        "R-CAM-26",
        "控制事项总量",
        "004 四（三）；上限 教师厅〔2025〕2号，待核实",
        _year_full,
        Severity.OFF,
        "year",
        (YEAR_CAP,),
        quote="加强对社会事务进校园的统筹管理，从严控制社会事务进校园事项总量",
    ),
    HECHUAN,
    verified=False,
)
