"""The yearly plan as a whole: in time, cleaned up, and smaller than last year's (R14, R19, R25, R26).

Facts: ``year``, ``today``, ``sent_on`` (None: not sent yet), ``open_past`` (past items without 清理意见),
``cleaned_on`` (last 清理意见 of a whole clean-up), ``listed_past``, ``reduction`` (`approvals.reduction`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jianfu.kernel.dates import chinese_date, day_of, read_day
from jianfu.kernel.papers import HEILONGJIANG, SAMPLE, SINCE, WULONG, Facts, known
from jianfu.kernel.policy import Figure, Rule, Severity, declare

A_DAY = "月日"
Check = Callable[[Facts], str | None]


SENT_BY = declare(
    Figure(
        "INSP-PLAN-BY", "年度计划报党委办、政府办审核的最后一天", "5月15日", "", "第1项", WULONG,
        SINCE[WULONG], read=read_day, form=A_DAY,
    )
)  # fmt: skip
CLEANED_BY = declare(
    Figure(
        "INSP-CLEANUP-BY", "上年事项集中清理的最后一天", "6月15日", "", "第2项", WULONG, SINCE[WULONG],
        read=read_day, form=A_DAY,
    )
)  # fmt: skip


def _late(facts: Facts) -> str | None:
    last, sent_on = day_of(facts[SENT_BY.code], facts["year"]), facts["sent_on"]
    if (sent_on or facts["today"]) <= last:
        return None
    if sent_on:
        return f"计划{chinese_date(sent_on)}报送，晚于{chinese_date(last)}"
    return f"计划应在{chinese_date(last)}前报送审核，现在还在汇总，尽快报送"


def _clean_up_late(facts: Facts) -> str | None:
    last, open_past = day_of(facts[CLEANED_BY.code], facts["year"]), facts["open_past"]
    if open_past and facts["today"] > last:
        return f"上年事项应在{chinese_date(last)}前清理完，还有 {open_past} 项没有清理意见"
    cleaned_on = facts["cleaned_on"]
    if not open_past and cleaned_on and cleaned_on > last:
        return f"上年事项{chinese_date(cleaned_on)}才清理完，晚于{chinese_date(last)}"
    return None


def _too_many(facts: Facts) -> str | None:
    found = facts["reduction"]
    if found.before is None or found.met:
        return None
    way = f"要减少 {found.target}%，本年最多 {found.allowed} 项，还须再减 {found.still} 项"
    return f"本年 {found.after} 项，上年 {found.before} 项，{found.words}。{way}"


def _grew(facts: Facts) -> str | None:
    found = facts["reduction"]
    if found.before is None or found.less >= 0:
        return None
    return f"本年事项比上年多 {-found.less} 项，出现反弹。逐项核对新增事项的依据，能合并的合并"


def _unknown(facts: Facts) -> str | None:
    if facts["reduction"].before is not None:
        return None
    return "还不知道上年有多少项，减了多少算不出来。登记上年事项，或登记上年事项数和来源"


def _uneven(facts: Facts) -> str | None:
    listed, said = facts["listed_past"], facts["reduction"].before
    if not listed or said is None or listed == said:
        return None
    return f"登记的上年事项数是 {said} 项，逐项列出的是 {listed} 项，核对后改一致"


def _rule(code: str, title: str, clause: str, document: str, check: Check, **more: Any) -> Rule:
    return known(Rule(code, title, clause, check, Severity.WARN, **more), document)


PLAN_AS_A_WHOLE = (
    _rule(
        "R-PLAN-01",
        "按期汇总报审",
        "000 第1项",
        WULONG,
        _late,
        figures=(SENT_BY,),
        quote="5月15日前，各区县教育部门汇总各部门涉及中小学校和教师的督查检查评比考核事项，"
        "分别报同级党委办公厅（室）、政府办公厅（室）研究审核",
    ),
    _rule(
        "R-PLAN-02",
        "按期集中清理",
        "000 第2项",
        WULONG,
        _clean_up_late,
        figures=(CLEANED_BY,),
        quote="6月15日前……进行一次集中清理，确保在现有基础上减少50%",
    ),
    _rule(
        "R-PLAN-03",
        "较上年减少一半以上",
        "000 第2项，003 第2条",
        HEILONGJIANG,
        _too_many,
        quote="确保对中小学校和教师的督查检查评比考核事项在现有基础上减少50%以上",
    ),
    _rule(
        "R-PLAN-04",
        "严防反弹",
        "002 一（二）",
        SAMPLE,
        _grew,
        quote="严防反弹回潮",
    ),
    _rule(
        "R-PLAN-05", "掌握底数", "002 一（二）", SAMPLE, _unknown, quote="全面摸清中小学教师负担情况,掌握底数"
    ),
    _rule("R-PLAN-06", "底数一致", "000 第2项", WULONG, _uneven),
)
