"""Findings about what an activity is about: others on the theme, what courses teach of it already, and
whether it was on the list and taken off.
"""

from __future__ import annotations

from jianfu.kernel.papers import HECHUAN, SAMPLE, Facts, known
from jianfu.kernel.policy import Rule, Severity

_SHOWN = 3


def _similar(facts: Facts) -> str | None:
    """``similar``: (level, title, why) of the others of the year that stand."""
    others = facts.get("similar") or ()
    if not others:
        return None
    named = "；".join(f"“{title}”（{why}）" for _level, title, why in others[:_SHOWN])
    more = f"等 {len(others)} 项" if len(others) > _SHOWN else ""
    return (
        f"本区{facts['year']}年已有同一或相近主题的活动：{named}{more}。"
        "能合并的，与对方联合申报、一次进校；不能合并的，在活动内容里写明区别"
    )


def _taught(facts: Facts) -> str | None:
    """``taught_in``: (theme, course, what it holds already); silent once the relation is written down."""
    taught = facts.get("taught_in") or ()
    if not taught or facts["course_overlap"]:
        return None
    theme = taught[0][0]
    courses = "；".join(f"《{course}》已有“{what}”" for name, course, what in taught if name == theme)
    return f"“{theme}”在现有课程里已有相关内容：{courses}。写明怎样融入这些课程，不重复安排"


def _removed_before(facts: Facts) -> str | None:
    """``removed_before``: (“title”（number）, day in words, public reason, why it is the same matter)."""
    removed = facts.get("removed_before") or ()
    if not removed:
        return None
    named = "；".join(
        f"{name}（{why}）{day}已移出白名单，理由：{reason.rstrip('。')}"
        for name, day, reason, why in removed[:_SHOWN]
    )
    more = f"。这样的事项共 {len(removed)} 项" if len(removed) > _SHOWN else ""
    return f"{named}{more}。确需再次申报的，在活动内容里写明针对移出的理由作了哪些改变；没有改变的，不再申报"


SIMILAR = known(
    Rule(
        "R-CAM-13",
        "同一或相近主题",
        "004 三（二）",
        _similar,
        Severity.WARN,
        "title",
        quote="同一或相近主题活动频繁、多部门组织进入校园",
    ),
    HECHUAN,
)
TAUGHT = known(
    Rule(
        "R-CAM-14",
        "现有课程已有内容",
        "002 三（二）4、004 三（三）",
        _taught,
        Severity.WARN,
        "course_overlap",
        quote="如中小学课程已有相关内容，可根据实际需要合理融入教学安排，不得重复安排",
    ),
    SAMPLE,
)
REMOVED_BEFORE = known(
    Rule(
        "R-CAM-31",
        "移出白名单的事项再次申报",
        "004 四（四）",
        _removed_before,
        Severity.WARN,
        "title",
        quote="成效不明显、师生负面反映强烈的调整出白名单",
    ),
    HECHUAN,
)
