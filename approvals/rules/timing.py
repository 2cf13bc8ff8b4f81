"""When an application must be made, and when it may take place (R39, R52, R53, R24, R30)."""

from __future__ import annotations

from datetime import date, timedelta

from jianfu.kernel.dates import add_months, chinese_date
from jianfu.kernel.papers import DAWUKOU, HECHUAN, SINCE, Facts, known
from jianfu.kernel.policy import Figure, Rule, Severity, declare

MONTHS = "月份，用顿号分开"


def read_months(text: str) -> tuple[int, ...]:
    """7、12 or 7,12 as (7, 12). Raises ValueError where one is no month."""
    months = tuple(int(part) for part in text.replace("，", ",").replace("、", ",").split(","))
    if not all(1 <= month <= 12 for month in months):
        raise ValueError(text)
    return months


WINDOW = declare(
    Figure(
        "CAM-WINDOW-MONTHS", "年度申报的月份", (7, 12), "月", "001 第3条", DAWUKOU, SINCE[DAWUKOU],
        read=read_months, form=MONTHS,
    )
)  # fmt: skip
SINGLE_LEAD = declare(
    Figure("CAM-LEAD-SINGLE", "一事一审提前申报", 14, "天", "004 四（三）“提前2周”", HECHUAN, SINCE[HECHUAN])
)
PLAN_LEAD = declare(
    Figure("CAM-LEAD-PLAN", "活动实施方案提前报审", 1, "个月", "004 四（四）", HECHUAN, SINCE[HECHUAN])
)


def _in_window(facts: Facts) -> str | None:
    months, today = facts[WINDOW.code], facts["applied_on"]
    if today.month in months:
        return None
    named = "、".join(f"{month}月" for month in months)
    return f"年度计划在每年{named}申报下学期的活动，申报时是{today.month}月。急需开展的，请改走一事一审"


def _far_enough(facts: Facts) -> str | None:
    starts, today, days = facts["starts_on"], facts["applied_on"], facts[SINGLE_LEAD.code]
    if not starts or starts >= today + timedelta(days=days):
        return None
    left, earliest = max((starts - today).days, 0), chinese_date(today + timedelta(days=days))
    return (
        f"开始日期距申报 {left} 天，少于一事一审要求的 {days} 天。请改为{earliest}或以后，"
        "或改走“即时突发”并附依据"
    )


def _plan_in_time(facts: Facts) -> str | None:
    starts, months = facts["starts_on"], facts[PLAN_LEAD.code]
    if not starts or facts["applied_on"] <= add_months(starts, -months):
        return None
    latest = chinese_date(add_months(starts, -months))
    return (
        f"活动实施方案须在开展前 {months} 个月报区教委审核把关，最迟{latest}。"
        "请改期，或把实施方案和本申请一起提交"
    )


def _plan_inside(facts: Facts) -> str | None:
    """A month ahead is not there to wait for, so the plan comes with the application (R52, R53)."""
    if facts.get("plan_files"):
        return None
    return "没有附活动实施方案：一事一审不另行报审方案，请上传方案文件，材料类别选“活动实施方案”，再提交"


def _within_year(facts: Facts) -> str | None:
    starts, ends, year = facts["starts_on"], facts["ends_on"], facts["year"]
    if starts and ends and not (date(year, 1, 1) <= starts <= ends <= date(year + 1, 8, 31)):
        return (
            f"{chinese_date(starts)}至{chinese_date(ends)}不在{year}年度计划之内：开始不早于{year}年1月1日，"
            f"结束不晚于{year + 1}年8月31日，且结束不早于开始。请改日期或改年度"
        )
    return None


def _not_past(facts: Facts) -> str | None:
    starts, today = facts["starts_on"], facts["today"]
    if starts and starts < today:
        return f"开始日期{chinese_date(starts)}已经过去。请改为{chinese_date(today)}或以后"
    return None


WITHIN_YEAR = known(
    Rule("R-CAM-09", "日期在年度计划内", "004 四（三）", _within_year, field="starts_on"), HECHUAN
)
NOT_PAST = known(Rule("R-CAM-10", "日期在将来", "004 四（三）", _not_past, field="starts_on"), HECHUAN)
IN_WINDOW = known(
    Rule(
        "R-CAM-12",
        "申报时间",
        "001 第3条",
        _in_window,
        Severity.WARN,
        "term",
        (WINDOW,),
        quote="于每年7月和12月向相应的教育行政部门申报下学期的进校园活动",
    ),
    DAWUKOU,
)
FAR_ENOUGH = known(
    Rule(
        "R-CAM-15",
        "一事一审提前申报",
        "004 四（三）",
        _far_enough,
        field="starts_on",
        figures=(SINGLE_LEAD,),
        quote="未纳入白名单但确需临时开展的社会事务进校园按一事一审原则，由事项开展部门提前2周依程序审批报备实施",
    ),
    HECHUAN,
)
PLAN_INSIDE = known(
    Rule(
        "R-CAM-30",
        "实施方案随申请提交",
        "004 四（三）、四（四）",
        _plan_inside,
        field="files",
        quote="事项开展部门要科学设计活动实施方案，并在活动开展前1个月报区教委审核把关",
    ),
    HECHUAN,
)
PLAN_IN_TIME = known(
    Rule(
        "R-CAM-16",
        "实施方案提前报审",
        "004 四（四）",
        _plan_in_time,
        Severity.WARN,
        "starts_on",
        (PLAN_LEAD,),
        quote="事项开展部门要科学设计活动实施方案，并在活动开展前1个月报区教委审核把关",
    ),
    HECHUAN,
)
