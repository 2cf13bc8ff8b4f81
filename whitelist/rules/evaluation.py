"""How the parties weigh in an evaluation, from how many schools a score is printed, how long it is open."""

from jianfu.kernel.papers import HECHUAN, OWN, SINCE
from jianfu.kernel.policy import Figure, declare
from whitelist.states import Party

_CLAUSE = f"004 四（四）“强化绩效评估”；{OWN}"


def _figure(code: str, title: str, value: int, unit: str) -> Figure:
    return declare(Figure(f"EVAL-{code}", title, value, unit, _CLAUSE, HECHUAN, SINCE[HECHUAN]))


WEIGHTS = {
    Party.SCHOOL: _figure("WEIGHT-SCHOOL", "绩效评估权重：学校", 50, "%"),
    Party.BUREAU: _figure("WEIGHT-BUREAU", "绩效评估权重：区教委", 30, "%"),
    Party.DEPARTMENT: _figure("WEIGHT-DEPARTMENT", "绩效评估权重：部门自评", 20, "%"),
}
MINIMUM = _figure("MINIMUM", "绩效评估计分至少要有几所学校作答", 3, "所")
OPEN_DAYS = _figure("DAYS-OPEN", "绩效评估作答时限（从结束之日起）", 10, "个工作日")
