"""借用教师 and 短期抽调: what for, how long, how many (R83–R91)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from approvals.figures import BORROWING_CAP
from jianfu.kernel.dates import chinese_date, last_allowed_day
from jianfu.kernel.papers import HEILONGJIANG, OWN, SAMPLE, SINCE, WULONG, Facts, known
from jianfu.kernel.policy import Figure, Rule, Severity, declare

from .words import any_of, speaks_of

BORROWING_MONTHS = declare(
    Figure("BORROW-MONTHS", "抽调借用教师的最长期限", 6, "个月", "000 r13", WULONG, SINCE[WULONG])
)
SHORT_DAYS = declare(
    Figure("BORROW-SHORT-DAYS", "短期抽调的最长时间", 10, "天", OWN, HEILONGJIANG, SINCE[HEILONGJIANG])
)
SHORT_PERSONS = declare(
    Figure("BORROW-SHORT-PERSONS", "短期抽调一次最多人数", 5, "人", OWN, HEILONGJIANG, SINCE[HEILONGJIANG])
)
MAJOR_TASK = "major_task"
_ONE_DAY = timedelta(days=1)


def _too_long(facts: Facts) -> str | None:
    starts, ends, months = facts["starts_on"], facts["ends_on"], facts[BORROWING_MONTHS.code]
    if not starts or not ends or ends <= last_allowed_day(starts, months):
        return None
    latest = chinese_date(last_allowed_day(starts, months))
    return f"借到{chinese_date(ends)}，超过 {months} 个月。请改为最迟{latest}；期满仍需借用的，另行申请续借"


def last_day_together(starts: date, before: Sequence[tuple[date, date]], months: int) -> date:
    """The cap counted from the first day of the first borrowing; days back at school in between are added.

    ``before`` holds (first day, last day away) of the borrowings that this one continues, oldest first.
    """
    first, back = starts, timedelta(0)
    if before:
        first = before[0][0]
        days = [*before, (starts, starts)]
        back = sum(
            (max(later[0] - earlier[1] - _ONE_DAY, timedelta(0)) for earlier, later in pairwise(days)),
            timedelta(0),
        )
    return last_allowed_day(first, months) + back


def _too_long_together(facts: Facts) -> str | None:
    starts, ends, before = facts["starts_on"], facts["ends_on"], facts.get("borrowed_before") or ()
    months = facts[BORROWING_CAP.code]
    if not starts or not ends or not before:
        return None
    latest = last_day_together(starts, before, months)
    if ends <= latest:
        return None
    return (
        f"连同以前的借用，累计不超过 {months} 个月，最晚到{chinese_date(latest)}；"
        f"这次到{chinese_date(ends)}。请改短期限，或由教师返岗"
    )


def _minor(facts: Facts) -> str | None:
    if facts.get("borrow_kind") in (None, "", MAJOR_TASK):
        return None
    return "借用教师只用于贯彻落实党和国家重大决策部署。会议、会务和事务性工作请改走“短期抽调”"


def _head_teacher(facts: Facts) -> str | None:
    if not facts.get("is_head_teacher"):
        return None
    return "这位教师是班主任。借用不得影响教育教学，请另选人员，或写明班主任工作由谁接替"


def _already_gone(facts: Facts) -> str | None:
    starts, today = facts["starts_on"], facts["today"]
    if not starts or starts > today:
        return None
    return f"开始日期{chinese_date(starts)}不在今天以后。借用教师须先同意、批准后到岗，请改期"


def _many_days(facts: Facts) -> str | None:
    days, limit = facts.get("day_count"), facts[SHORT_DAYS.code]
    if not days or days <= limit:
        return None
    return f"抽调 {days} 天，超过 {limit} 天。请缩短时间，或由本单位人员承担"


def _many_persons(facts: Facts) -> str | None:
    persons, limit = facts.get("person_count"), facts[SHORT_PERSONS.code]
    if not persons or persons <= limit:
        return None
    return f"抽调 {persons} 人，超过 {limit} 人。请减少人数，或由本单位人员承担"


def _days_between(facts: Facts) -> str | None:
    starts, ends, days = facts["starts_on"], facts["ends_on"], facts.get("day_count")
    if not starts or not ends or not days or days <= (ends - starts).days + 1:
        return None
    return f"{chinese_date(starts)}至{chinese_date(ends)}没有 {days} 天。请核对天数和日期"


_UNRELATED = any_of("驻村", "扶贫(?:工作队|专干)?", "招商", "拆迁", "维稳", "信访接待", "城市管理", "执勤")

TOO_LONG = known(
    Rule(
        "R-SEC-01",
        "借用不超过半年",
        "000 第13项，002 三（四）1",
        _too_long,
        field="ends_on",
        figures=(BORROWING_MONTHS,),
        quote="报同级党委审批报备，借用期限原则上不超过半年",
    ),
    WULONG,
)
TOO_LONG_TOGETHER = known(
    Rule(
        "R-SEC-02",
        "累计借用期限",
        "来源文件未规定，按公共机构借调通行做法",
        _too_long_together,
        field="ends_on",
        figures=(BORROWING_CAP,),
    ),
    WULONG,
)
MINOR = known(
    Rule(
        "R-SEC-03",
        "只用于重大决策部署",
        "002 三（四）1，003 第15条",
        _minor,
        field="borrow_kind",
        quote="借用中小学教师参与贯彻落实党和国家重大决策部署任务",
    ),
    SAMPLE,
)
HEAD_TEACHER = known(
    Rule(
        "R-SEC-04",
        "不影响教学",
        "003 第15条",
        _head_teacher,
        Severity.WARN,
        "is_head_teacher",
        quote="不得影响学校正常教育教学工作",
    ),
    HEILONGJIANG,
)
ALREADY_GONE = known(
    Rule(
        "R-SEC-05",
        "先批准后到岗",
        "001 第7条",
        _already_gone,
        field="starts_on",
        quote="严禁未按程序要求私自抽调借用中小学教师",
    ),
    WULONG,
)
UNRELATED = known(
    Rule(
        "R-SEC-06",
        "不做与教学无关的工作",
        "000 第4项，004 三（一）",
        speaks_of(
            _UNRELATED,
            "不得抽调借用教师从事与教育教学无关的工作，请另选人员",
            frozenset({"title", "content"}),
        ),
        Severity.WARN,
        "content",
        quote="抽调借用中小学教师从事与教育教学无关的工作",
    ),
    WULONG,
)
MANY_DAYS = known(
    Rule(
        "R-SEC-07",
        "控制抽调时间",
        "003 第16条",
        _many_days,
        Severity.WARN,
        "day_count",
        (SHORT_DAYS,),
        quote="在不影响学校教育教学的情况下，严格控制抽调时间和人数",
    ),
    HEILONGJIANG,
)
MANY_PERSONS = known(
    Rule(
        "R-SEC-08",
        "控制抽调人数",
        "003 第16条",
        _many_persons,
        Severity.WARN,
        "person_count",
        (SHORT_PERSONS,),
        quote="在不影响学校教育教学的情况下，严格控制抽调时间和人数",
    ),
    HEILONGJIANG,
)
DAYS_BETWEEN = known(
    Rule("R-SEC-09", "天数与日期一致", "003 第16条", _days_between, field="day_count"), HEILONGJIANG
)

LONG_RULES = (TOO_LONG, TOO_LONG_TOGETHER, MINOR, HEAD_TEACHER, ALREADY_GONE, UNRELATED)
SHORT_RULES = (MANY_DAYS, MANY_PERSONS, DAYS_BETWEEN, ALREADY_GONE, UNRELATED)
