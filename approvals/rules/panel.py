"""Who sits on a panel (004 四（二）): experts of several kinds, not one profession among itself."""

from __future__ import annotations

from jianfu.kernel.papers import HECHUAN, OWN, SINCE, Facts, known
from jianfu.kernel.policy import Figure, Rule, Severity, declare

CATEGORIES = declare(
    Figure("CAM-PANEL-CATEGORIES", "一项论证最少涵盖的专家类别", 2, "类", OWN, HECHUAN, SINCE[HECHUAN])
)


def _too_alike(facts: Facts) -> str | None:
    """``categories``: of each expert of the panel, in any order."""
    least, present = facts[CATEGORIES.code], sorted(set(facts["categories"]) - {""})
    if not facts["categories"] or len(present) >= least:
        return None
    named = f"只有{'、'.join(present)}" if present else "没有登记类别"
    return f"论证专家{named}，建议不少于 {least} 类。可再请其他类别的专家"


MIX = known(
    Rule(
        "R-PAN-01", "专家组成搭配", "四（二）", _too_alike, severity=Severity.WARN, figures=(CATEGORIES,),
        quote="教育领域专家、校长教师代表、人大代表、政协委员等",
    ),
    HECHUAN,
)  # fmt: skip
PANEL_RULES = (MIX,)
