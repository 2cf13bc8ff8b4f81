"""The dated figures of releases and activities. A district may set its own (``PolicyValue``)."""

from __future__ import annotations

from datetime import date
from typing import Any

from jianfu.kernel import dates
from jianfu.kernel.papers import HECHUAN, MINISTRY, OWN, SINCE
from jianfu.kernel.policy import Figure, declare, figure_value

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

NEEDED, OPTIONAL, SKIPPED = "需要", "可以", "不需要"
# Lists that are posted for a week with a telephone for objections before they are final (domain-facts B2).
_XUANCHENG, _POSTED = "宣城市2025年社会事务进校园白名单公示", date(2025, 3, 3)

SIGNATURE = declare(
    Figure(
        "RELEASE-SIGN", "公布白名单前由领导小组成员签发", NEEDED, "", "四（三）", HECHUAN, SINCE[HECHUAN],
        choices=(NEEDED, SKIPPED),
    )
)  # fmt: skip
POSTING = declare(
    Figure(
        "RELEASE-POSTING", "公布白名单前公示", OPTIONAL, "", OWN, _XUANCHENG, _POSTED,
        choices=(NEEDED, OPTIONAL, SKIPPED),
    )
)  # fmt: skip
POSTING_DAYS = declare(
    Figure("RELEASE-POSTING-DAYS", "白名单公示的天数", 7, "天", "3月3日至9日", _XUANCHENG, _POSTED)
)


PROVINCE_CAP = declare(
    Figure(
        "LIST-CAP-PROVINCE", "省级白名单事项上限", 10, "项", "三，条款待核实",
        MINISTRY, SINCE[MINISTRY], verified=False,
    )
)  # fmt: skip
# A district elsewhere sets its own number, or one that nothing reaches.
TOTAL_CAP = declare(
    Figure(
        "LIST-CAP-TOTAL", "省、市、区县白名单事项合计提示线", 10, "项", "省市县三级合计，条款待核实",
        "陕西省2025年中小学社会事务进校园白名单", date(2025, 3, 12), verified=False,
    )
)  # fmt: skip


def in_force(figure: Figure, district_id: int) -> Any:
    """The district's value today."""
    return figure_value(figure, district_id, dates.today())
