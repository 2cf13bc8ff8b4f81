"""统计、调研、问卷、报表: who must agree, what is known already, and how much time is left (R71–R81)."""

from __future__ import annotations

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.papers import DAWUKOU, HEILONGJIANG, OWN, SAMPLE, SINCE, WULONG, Facts, known
from jianfu.kernel.policy import Figure, Mark, Rule, Said, Severity, declare

from .inspection import lines_of, twice
from .reading import find
from .words import DEMANDS_IN_WORDS, TRACES, TRACES_IN_WORDS, any_of, speaks_of

FILL_DAYS = declare(
    Figure(
        "SURV-FILL-DAYS", "下发到上报截止的最短时间", 5, "个工作日", OWN, HEILONGJIANG, SINCE[HEILONGJIANG]
    )
)
STATISTICS, RESEARCH, QUESTIONNAIRE = "statistics", "research", "questionnaire"


def _unapproved(facts: Facts) -> str | None:
    if facts.get("survey_kind") != STATISTICS or facts.get("approval_number"):
        return None
    return "教育统计须经同级政府统计机构审批备案。请先报统计机构，再填写批准或备案文号"


def _before_consent(facts: Facts) -> str | None:
    given, today = facts.get("given_out_on"), facts["today"]
    if not given or given > today:
        return None
    return f"下发日期{chinese_date(given)}不在今天以后。调研须经教育部门同意并部署后才能下发，请改期"


def _held(facts: Facts) -> Said | None:
    """``held_data``: (item as asked here, name of what is on file, where it is kept)."""
    held = list(facts.get("held_data") or ())
    if not held:
        return None
    known_here = {words for words, _name, _place in held}
    marked = [
        Mark("items_asked", start, start + len(words), words)
        for start, words in lines_of(facts.get("items_asked"))
        if words in known_here
    ]
    said = "；".join(f"“{words}”已有：{name}（{place}）" for words, name, place in held[:4])
    more = f"等 {len(held)} 项" if len(held) > 4 else ""
    return Said(
        f"{said}{more}。已掌握的情况没有新的变化，不再要求填报；请删去，或写明现有数据为什么不能满足",
        tuple(marked),
    )


def _unexplained(facts: Facts) -> str | None:
    if not facts.get("held_data") or facts.get("reuse_note"):
        return None
    return "有数据项已经在已有数据目录里。请从清单中删去，或写明现有数据不能满足的原因"


def _unchecked(facts: Facts) -> str | None:
    if facts.get("reuse_checked"):
        return None
    return "没有核对现有数据：请查过已有数据目录并勾选后再提交"


def _due_too_soon(facts: Facts) -> str | None:
    """``fill_days``: working days from the day after it was given out to the day it is due."""
    days, wanted = facts.get("fill_days"), facts[FILL_DAYS.code]
    if days is None or days >= wanted:
        return None
    return (
        f"{chinese_date(facts['given_out_on'])}下发，{chinese_date(facts['hand_in_on'])}截止，只有 {days} 个"
        f"工作日，少于 {wanted} 个。请推迟截止日期"
    )


def _online(facts: Facts) -> str | None:
    if facts.get("channel") != "online" or facts.get("survey_kind") not in {RESEARCH, QUESTIONNAIRE}:
        return None
    return "严禁随意开展网络调查或测评。请改为抽样走访座谈，或由区教委从现有数据提供"


_FAMILIES = any_of("家长", "学生", "家庭")


def _families(facts: Facts) -> Said | None:
    text = facts.get("respondents") or ""
    hits = find(text, _FAMILIES)
    if not hits:
        return None
    return Said(
        "不得通过教师组织学生或家长参与与教育教学无关的调研、问卷调查、信息采集。请改由本单位直接联系，或改换对象",
        tuple(Mark("respondents", hit.start, hit.end, hit.words) for hit in hits),
    )


_PROOFS = any_of(TRACES.pattern, "证明材料", "佐证", "复印件", "扫描件", "附照片", "照片", "截图")


def _asked_twice(facts: Facts) -> Said | None:
    found = twice("items_asked", facts.get("items_asked"))
    if not found:
        return None
    named = "、".join(f"“{mark.words}”" for mark in found)
    return Said(f"{named}问了两次。请删去重复的数据项", tuple(found))


UNAPPROVED = known(
    Rule(
        "R-SURV-01",
        "统计须经审批备案",
        "000 第11项，003 第13条",
        _unapproved,
        field="approval_number",
        quote="未经统计部门审批备案，不得开展涉及中小学校和教师的教育统计工作",
    ),
    WULONG,
)
BEFORE_CONSENT = known(
    Rule(
        "R-SURV-02",
        "同意后才能下发",
        "000 第11项，002 三（三）2",
        _before_consent,
        field="given_out_on",
        quote="针对中小学教师开展的调研活动，须经教育部门同意并部署",
    ),
    WULONG,
)
HELD = known(
    Rule(
        "R-SURV-03",
        "已有的数据不再要",
        "002 三（三）2、3",
        _held,
        Severity.WARN,
        "items_asked",
        quote="对各级教育部门已掌握的情况，没有新的变化不再面向中小学校和教师开展重复调研",
    ),
    SAMPLE,
)
UNEXPLAINED = known(
    Rule("R-SURV-04", "说明为什么还要填报", "002 三（三）2", _unexplained, field="reuse_note"), SAMPLE
)
UNCHECKED = known(
    Rule(
        "R-SURV-05",
        "先查已有数据",
        "003 第14条",
        _unchecked,
        field="reuse_checked",
        quote="坚持按照权限获取相应的数据，做到一次采集多次使用",
    ),
    HEILONGJIANG,
)
DUE_TOO_SOON = known(
    Rule(
        "R-SURV-06",
        "留出填报时间",
        "003 第12条",
        _due_too_soon,
        Severity.WARN,
        "hand_in_on",
        (FILL_DAYS,),
        quote="要合理留出完成各类报表填报的工作时间，不得刚下发通知就要求立即上交",
    ),
    HEILONGJIANG,
)
ONLINE = known(
    Rule(
        "R-SURV-07",
        "不随意网络调查",
        "002 三（三）2",
        _online,
        Severity.WARN,
        "channel",
        quote="严禁随意开展网络调查或测评等调研活动",
    ),
    SAMPLE,
)
FAMILIES = known(
    Rule(
        "R-SURV-08",
        "不借教师问学生家长",
        "001 第5条，003 第11条",
        _families,
        Severity.WARN,
        "respondents",
        quote="严禁通过教师组织家长和学生参加与教育教学无关的调研、问卷调查、信息采集、网络投票等活动",
    ),
    DAWUKOU,
)
PROOFS = known(
    Rule(
        "R-SURV-09",
        "不要佐证材料",
        "002 三（三）4",
        speaks_of(
            _PROOFS, "已实现信息共享的，原则上不再要求提供佐证材料，请删去", frozenset({"items_asked"})
        ),
        Severity.WARN,
        "items_asked",
        quote="对已实现信息共享的，原则上不再要求教师提供佐证材料",
    ),
    SAMPLE,
)
ASKED_TWICE = known(
    Rule(
        "R-SURV-10",
        "不重复填报",
        "000 第10项",
        _asked_twice,
        Severity.WARN,
        "items_asked",
        quote="杜绝重复上报各种数据及多头填写表格现象",
    ),
    WULONG,
)

SURVEY_RULES = (
    UNAPPROVED, BEFORE_CONSENT, HELD, UNEXPLAINED, UNCHECKED, DUE_TOO_SOON, ONLINE, FAMILIES, PROOFS,
    ASKED_TWICE, TRACES_IN_WORDS, DEMANDS_IN_WORDS,
)  # fmt: skip
