"""监测哨点: from which day of a month a school reports on it, and until when (R104; 浙江: each month)."""

from jianfu.kernel.papers import HECHUAN, OWN, SINCE
from jianfu.kernel.policy import Figure, declare

_CLAUSE = f"004 四（五）“设置监测哨点”；月报的日子{OWN}"


def _figure(code: str, title: str, value: int, unit: str) -> Figure:
    return declare(Figure(f"MON-{code}", title, value, unit, _CLAUSE, HECHUAN, SINCE[HECHUAN]))


OPENS = _figure("OPENS", "监测点月报从每月几日起可以填", 25, "日")
DUE_DAYS = _figure("DAYS-DUE", "监测点月报在次月几个工作日内填完", 5, "个工作日")
IN_TERM = _figure("IN-TERM", "当月上学的日子达到多少天才填月报", 7, "天")
