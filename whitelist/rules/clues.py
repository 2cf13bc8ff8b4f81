"""From how many on a figure of the records is a clue. None of them ranks anybody."""

from jianfu.kernel.papers import HECHUAN, OWN, SINCE
from jianfu.kernel.policy import Figure, declare


def _figure(code: str, title: str, value: int, unit: str, clause: str) -> Figure:
    return declare(
        Figure(f"CLUE-{code}", f"监测线索：{title}", value, unit, f"{clause}；{OWN}", HECHUAN, SINCE[HECHUAN])
    )


THEME = _figure("THEME", "一年内同一主题的白名单事项达到", 3, "项", "004 三（二）“同一或相近主题频繁进校园”")
WEEK = _figure("WEEK", "一所学校一周内进校活动达到", 3, "次", "004 三（二）“频繁”，邵阳县“防止过于集中”")
NOTICE = _figure("NOTICE", "同意实施到开展少于", 3, "个工作日", "004 四（四）")
