"""The roads in plain words, for whoever is about to begin: when to take which, and how long each takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jianfu.kernel.clauses import worded
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.policy import figure_value

from .figures import STEP_LIMITS
from .rules.timing import SINGLE_LEAD, WINDOW
from .states import Road, State
from .workflow import way_of

# Group of the page; road, what it is for, the clause that says so.
GROUPS: tuple[tuple[str, tuple[tuple[Road, str, str], ...]], ...] = (
    (
        "活动进校园",
        (
            (Road.CAMPUS_ANNUAL, "下学期或全年要进校园开展的活动，列入年度计划。", "004 四（三），001 第3条"),
            (Road.CAMPUS_SINGLE, "没列入白名单、确需临时开展的活动，方案一起交。", "004 四（三）"),
            (Road.CAMPUS_URGENT, "紧急情况，领导小组已同意，不经专家论证。", "001 第3条，004 四（一）④"),
            (Road.CAMPUS_EXEMPT, "政府中心工作、上级目录内的活动，只登记不审批。", "001 第3条"),
        ),
    ),
    (
        "对学校的督查检查评比考核",
        (
            (Road.INSPECTION_PLAN, "列入下一年度计划的督查、检查、评比、考核。", "000 第1项，002 一1"),
            (Road.INSPECTION_SINGLE, "没有列入年度计划，确需开展的，一事一报。", "002 一1"),
        ),
    ),
    (
        "向学校要数据、借教师",
        (
            (Road.SURVEY, "统计、调研、问卷，或要学校填的报表。", "000 第11项，002 三2"),
            (Road.SECONDMENT, "借用一名教师，一般不超过半年。", "000 第13项，001 第7条"),
            (Road.SECONDMENT_SHORT, "会议、会务等，抽调教师几天。", "003 第16条"),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """One line of the page: the road, when to take it, how long it takes, and what to mind on this day."""

    road: str
    name: str
    words: str
    clause: str
    days: int
    mind: str


def choices(district_id: int, on: date) -> list[tuple[str, list[Choice]]]:
    """Every road under its group, with the figures that hold in the district on the day."""
    return [
        (group, [_choice(road, words, clause, district_id, on) for road, words, clause in roads])
        for group, roads in GROUPS
    ]


def _choice(road: Road, words: str, clause: str, district_id: int, on: date) -> Choice:
    name = road.label.partition("·")[2] or road.label
    return Choice(
        road.value, name, words, worded(clause), _days(road, district_id, on), _mind(road, district_id, on)
    )


def _days(road: Road, district_id: int, on: date) -> int:
    """The working days of the steps on the longest way ahead, until it is decided and on file."""
    return sum(figure_value(STEP_LIMITS[state], district_id, on) for state in way_of(road) if _timed(state))


def _timed(state: str) -> bool:
    return State(state) in STEP_LIMITS


def _mind(road: Road, district_id: int, on: date) -> str:
    if road == Road.CAMPUS_SINGLE:
        days: Any = figure_value(SINGLE_LEAD, district_id, on)
        earliest = chinese_date(on + timedelta(days=days))
        return f"提前 {days} 天申请：今天提交的，最早{earliest}开展"
    if road == Road.CAMPUS_ANNUAL:
        months: Any = figure_value(WINDOW, district_id, on)
        named = "、".join(f"{month}月" for month in months)
        return f"每年{named}集中申报" + ("，现在正是时候" if on.month in months else "")
    return ""
