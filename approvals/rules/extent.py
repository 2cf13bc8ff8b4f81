"""督查检查评比考核: no more than what was approved (R29), and no school too often (B5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from approvals.states import InspectionMethod, Stage
from jianfu.kernel.papers import HEILONGJIANG, MINISTRY, SINCE, Facts, known
from jianfu.kernel.policy import Figure, Rule, Severity, declare

from .inspection import lines_of, same

WHOLE = "综合"  # what a comprehensive inspection is called by
WHOLE_CAP = declare(
    Figure(
        "INSP-CAP-WHOLE", "每校每年综合性督查检查上限", 1, "次", "二，条款待核实", MINISTRY, SINCE[MINISTRY],
        verified=False,
    )
)  # fmt: skip
_SHOWN = 3  # schools or materials named in a sentence


def extent_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """How far an inspection goes, from the values of its form."""
    starts, ends = values.get("starts_on"), values.get("ends_on")
    return {
        "stages": list(values.get("stages") or ()),
        "school_count": values.get("school_count"),
        "days": (ends - starts).days + 1 if starts and ends else None,
        "methods": list(values.get("methods") or ()),
        "materials": [words for _start, words in lines_of(values.get("materials"))],
    }


def _beyond(facts: Facts) -> str | None:
    """``approved``: (title and number, extent) of the same inspection of the year that was approved."""
    now = extent_of(facts)
    for named, before in facts.get("approved") or ():
        if more := list(_more(before, now)):
            return f"{named}批准的范围之外：{'；'.join(more)}。请改回批准的内容，确需增加的写明依据"
    return None


def _more(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """Each thing that there is more of, with both values."""
    if added := [each for each in now["stages"] if each not in before["stages"]]:
        yield f"学段批准{_labels(Stage, before['stages'])}，这次增加{_labels(Stage, added)}"
    for name, label, unit in (("school_count", "学校", "所"), ("days", "时间", "天")):
        if before[name] is not None and now[name] is not None and now[name] > before[name]:
            yield f"{label}批准 {before[name]} {unit}，这次 {now[name]} {unit}"
    if added := [each for each in now["methods"] if each not in before["methods"]]:
        approved = _labels(InspectionMethod, before["methods"])
        yield f"方式批准{approved}，这次增加{_labels(InspectionMethod, added)}"
    known_before = {same(words) for words in before["materials"]}
    if added := [words for words in now["materials"] if same(words) not in known_before]:
        named = "、".join(f"“{words}”" for words in added[:_SHOWN])
        yield f"材料批准 {len(before['materials'])} 项，这次多要 {len(added)} 项：{named}"


def _labels(choices: Any, values: list[str]) -> str:
    return "、".join(choices(value).label for value in values) or "未写"


def _too_often(facts: Facts) -> str | None:
    """``comprehensive``: (school, other comprehensive inspections of the year)."""
    cap = facts[WHOLE_CAP.code]
    full = [(name, count) for name, count in facts.get("comprehensive") or () if count + 1 > cap]
    if not full:
        return None
    named = "、".join(f"{name}（已有 {count} 次）" for name, count in full[:_SHOWN])
    more = f"等 {len(full)} 所学校" if len(full) > _SHOWN else ""
    return f"{named}{more}本年加上这一次超过综合性督查检查每校 {cap} 次。请合并进行，或换学校"


BEYOND = known(
    Rule(
        "R-INSP-10",
        "不得层层加码",
        "000 第3项，003 第3条",
        _beyond,
        Severity.WARN,
        "schools_text",
        quote="不得层层加码、扩大范围、增加环节、延长时间",
    ),
    HEILONGJIANG,
)
TOO_OFTEN = known(
    Rule(
        "R-INSP-11",
        "综合性督查检查每校每年上限",
        "教师厅〔2025〕2号，条款待核实",
        _too_often,
        Severity.WARN,
        "schools_text",
        (WHOLE_CAP,),
    ),
    MINISTRY,
    verified=False,
)
EXTENT_RULES = (BEYOND, TOO_OFTEN)
