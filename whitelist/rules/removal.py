"""When 成效不明显 or 师生反映强烈 is reached, and how long each step of a removal may take.

004 四(四) says that such items leave the list; it gives no numbers. These are ours until a district sets
its own.
"""

from jianfu.kernel.papers import HECHUAN, OWN, SINCE
from jianfu.kernel.policy import Figure, declare
from whitelist.states import RemovalState

_CLAUSE = f"004 四（四）“成效不明显、师生负面反映强烈的调整出白名单”；{OWN}"


def _figure(code: str, title: str, value: int, unit: str) -> Figure:
    return declare(Figure(f"REM-{code}", title, value, unit, _CLAUSE, HECHUAN, SINCE[HECHUAN]))


SCORE = _figure("SCORE", "成效不明显：绩效评估得分低于", 60, "分")
COMPLAINTS = _figure("COMPLAINTS", "师生反映强烈：查实的投诉达到", 2, "件")
REFUSALS = _figure("REFUSALS", "师生反映强烈：学校拒绝达到", 3, "次")

HEARING_DAYS = _figure("DAYS-HEARING", "移出前部门陈述意见的时限", 5, "个工作日")
MENDING_DAYS = _figure("DAYS-MENDING", "限期整改的一般时限", 20, "个工作日")
STEP_DAYS = {
    RemovalState.PROPOSED: _figure("DAYS-SENDING", "发出听取意见函的时限", 5, "个工作日"),
    RemovalState.HEARING: HEARING_DAYS,
    RemovalState.HEARD: _figure("DAYS-DECISION", "领导小组决定是否移出的时限", 10, "个工作日"),
}
