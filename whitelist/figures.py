"""The dated figures that activities are judged by. A district may set its own (``PolicyValue``)."""

from __future__ import annotations

from jianfu.kernel.papers import HECHUAN, OWN, SINCE
from jianfu.kernel.policy import Figure, declare

CHECK_DAYS = declare(
    Figure("ACT-DAYS-CHECK", "区教委核对实施方案时限", 5, "工作日", OWN, HECHUAN, SINCE[HECHUAN])
)
MENDING_DAYS = declare(
    Figure("ACT-DAYS-MENDING", "实施方案补正时限", 5, "工作日", OWN, HECHUAN, SINCE[HECHUAN])
)
NAMING_DAYS = declare(
    Figure("ACT-DAYS-NAMING", "随申请批准的活动排定场次时限", 3, "工作日", OWN, HECHUAN, SINCE[HECHUAN])
)
MOVE_NOTICE = declare(
    Figure("ACT-MOVE-NOTICE", "改期至少提前告知学校", 3, "工作日", OWN, HECHUAN, SINCE[HECHUAN])
)
CAP_COUNTS = declare(
    Figure(
        "ACT-CAP-COUNTS",
        "每校每学期上限按什么数（项：不同的白名单事项；次：来校的天数，同一事项同一天算一次）",
        "项",
        "",
        "三，条款待核实",
        "教育部办公厅关于进一步减轻中小学教师非教育教学负担若干措施的通知（教师厅〔2025〕2号）",
        SINCE[HECHUAN],
        verified=False,
        choices=("项", "次"),
    )
)
WEEK_MOST = declare(
    Figure("ACT-WEEK-MOST", "一所学校一周内进校活动提示线", 2, "次", OWN, HECHUAN, SINCE[HECHUAN])
)
EDIT_DAYS = declare(
    Figure("ACT-VISIT-EDIT-DAYS", "来校情况可以更改的天数", 14, "天", OWN, HECHUAN, SINCE[HECHUAN])
)
