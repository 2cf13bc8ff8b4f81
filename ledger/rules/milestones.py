"""The dated plan of a year (A7: R25, R83, R113–R115): which days the sources name, and what each is about.

The days of the yearly plan of inspections are declared where that plan is judged (INSP-PLAN-BY,
INSP-CLEANUP-BY); the others here. A district that does not keep one writes 不设.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jianfu.kernel.dates import day_of, read_day
from jianfu.kernel.policy import Figure, declare, figure_value

NONE = "不设"
WULONG = "武隆区中小学教师减负工作重点任务台账"
HECHUAN = "合川区规范社会事务进校园为中小学教师减负专项整治行动方案"
SINCE = date(2020, 1, 1)
SOON_DAYS = 7  # natural days ahead from which a milestone stands on the desk of the office


def read_day_or_none(text: str) -> str:
    """8月20日, or 不设. Raises ValueError for anything else."""
    return NONE if text.strip() == NONE else read_day(text)


def _by(code: str, title: str, day: str, clause: str, document: str) -> Figure:
    form = f"月日，或“{NONE}”"
    return declare(Figure(code, title, day, "", clause, document, SINCE, read=read_day_or_none, form=form))


@dataclass(frozen=True)
class Stop:
    """One milestone as the sources name it: its figure, the topics (A10) whose rows belong to it, and the
    page where it is worked on."""

    code: str
    name: str
    figure: str
    clause: str
    document: str
    topics: tuple[str, ...] = ()
    page: str = ""
    page_label: str = ""

    def due_on(self, district_id: int, year: int, on: date) -> date | None:
        """The day in the year, by the figure in force on ``on``; None where the district keeps none."""
        text = figure_value(self.figure, district_id, on)
        return None if text == NONE else day_of(text, year)


SECONDMENT_CHECK = _by("MS-SECONDMENTS", "抽调借用教师自查的最后一天", "6月15日", "第13项", WULONG)
DEPLOYMENT = _by("MS-DEPLOYMENT", "安排部署的最后一天", "7月20日", "五（一）", HECHUAN)
SURVEY = _by("MS-SURVEY", "排查摸底的最后一天", "7月30日", "五（二）", HECHUAN)
WHITELIST = _by("MS-WHITELIST", "公布白名单的最后一天", "8月20日", "五（三）", HECHUAN)
SUMMARY = _by("MS-SUMMARY", "总结经验、报工作总结的最后一天", "8月31日", "五（四）", HECHUAN)

STOPS = (
    Stop(
        "inspection-list", "督查检查评比考核清单报审并公布", "INSP-PLAN-BY", "第1项", WULONG,
        ("T01",), "approvals:plan_list", "督查计划",
    ),
    Stop(
        "clean-up", "上年督查检查事项集中清理", "INSP-CLEANUP-BY", "第2项", WULONG,
        ("T02",), "approvals:plan_list", "督查计划",
    ),
    Stop(
        "secondments", "抽调借用教师自查、建立台账", "MS-SECONDMENTS", "第13项", WULONG,
        ("T16",), "ledger:secondment_list", "借用教师台账",
    ),
    Stop("deployment", "专项行动安排部署", "MS-DEPLOYMENT", "五（一）", HECHUAN),
    Stop("survey", "排查摸底，建立问题清单和整改台账", "MS-SURVEY", "五（二）", HECHUAN),
    Stop(
        "whitelist", "公布进校园白名单", "MS-WHITELIST", "五（三）", HECHUAN,
        ("T08",), "whitelist:public_list", "白名单",
    ),
    Stop("summary", "报送工作总结", "MS-SUMMARY", "五（四）", HECHUAN),
)  # fmt: skip
STOP_OF = {stop.code: stop for stop in STOPS}
