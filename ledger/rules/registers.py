"""What the sources say of the items of the registers (R71–R103), as rules over plain values."""

from __future__ import annotations

from datetime import timedelta

from jianfu.kernel.papers import (
    DAWUKOU,
    HEILONGJIANG,
    MINISTRY,
    OWN,
    SAMPLE,
    SINCE,
    WULONG,
    Facts,
    known,
)
from jianfu.kernel.policy import Figure, Rule, Severity, declare
from ledger.states import DutyKind, Frequency

NOTICE_DAYS = declare(
    Figure("FORM-NOTICE-DAYS", "报表通知到上交的最短天数", 3, "天", "", OWN, SINCE[HEILONGJIANG])
)
BRANCH_KM = declare(
    Figure("MEETING-BRANCH-KM", "设视频分会场的距离", 50, "公里", "001-9", DAWUKOU, SINCE[DAWUKOU])
)
BRANCH_PEOPLE = declare(
    Figure("MEETING-BRANCH-PEOPLE", "设视频分会场的人数", 5, "人", "001-9", DAWUKOU, SINCE[DAWUKOU])
)
EXAM_CAP = declare(
    Figure(
        "EXAM-CAP-SCHOOL", "每校每年社会考试上限", 5, "次", "四，条款待核实", MINISTRY, SINCE[MINISTRY],
        verified=False,
    )
)  # fmt: skip


def _no_basis(facts: Facts) -> str | None:
    return None if facts["document"] else "没有依据文件。填写文件名称和文号，没有依据的提出取消"


def _due_too_soon(facts: Facts) -> str | None:
    noticed, due, days = facts["noticed_on"], facts["due_on"], facts[NOTICE_DAYS.code]
    if not (noticed and due) or due - noticed >= timedelta(days=days):
        return None
    left = (due - noticed).days
    return f"通知到上交只有 {left} 天，少于 {days} 天。与发文单位商量延长填报时间"


def _daily(facts: Facts) -> str | None:
    if facts["frequency"] not in {Frequency.DAILY, Frequency.WEEKLY}:
        return None
    return "每日或每周填报，次数过密。与发文单位商量减少次数，或从现有数据提供"


def _overlaps(facts: Facts) -> str | None:
    """``overlaps``: (name of the other form, the 填报项目 that both ask for)."""
    found = facts.get("overlaps") or ()
    if not found:
        return None
    said = "；".join(f"与“{name}”重复 {len(both)} 项（{'、'.join(both[:5])}）" for name, both in found[:3])
    return f"{said}。合并成一张，或从已有数据带出"


def _compulsory(facts: Facts) -> str | None:
    if not facts["is_compulsory"]:
        return None
    return "要求教师关注、安装或随时回复，属于强制使用。除党委政府要求的时政学习外，提出取消"


def _unrelated(facts: Facts) -> str | None:
    if facts["is_related"] or facts["is_statutory"] or facts["bureau_consented"]:
        return None
    return "与教育教学无关，也没有经教育部门同意。不得安排教师参加，已安排的提出取消"


def _branch_venue(facts: Facts) -> str | None:
    """Both numbers are “以上”: exactly 50 km and exactly 5 people already ask for the branch venue."""
    far, many = facts["distance"], facts["from_one_county"]
    km, people = facts[BRANCH_KM.code], facts[BRANCH_PEOPLE.code]
    if facts["has_branch_venue"] or far is None or many is None or far < km or many < people:
        return None
    return f"离会场 {far} 公里、一个区县 {many} 人参加，达到 {km} 公里和 {people} 人。设视频分会场"


def _without_bureau(facts: Facts) -> str | None:
    if facts["bureau_consented"] or (facts["kind"] == DutyKind.SPECIAL and facts["is_emergency"]):
        return None
    return "没有经教育部门同意。任务统一由教育部门部署，没有同意的学校可以拒绝"


def _street(facts: Facts) -> str | None:
    return "不得安排教师上街执勤。退回下达单位" if facts["on_the_street"] else None


def _exams(facts: Facts) -> str | None:
    """``exam_counts``: (school, its exams of the year, this one among them)."""
    cap = facts[EXAM_CAP.code]
    full = [(name, count) for name, count in facts.get("exam_counts") or () if count > cap]
    if not full:
        return None
    named = "、".join(f"{name} {count} 次" for name, count in full[:3])
    return f"全年社会考试超过每校 {cap} 次：{named}。换学校承担，或与组织单位商量减少"


def _no_reuse_basis(facts: Facts) -> str | None:
    if facts["application_id"] or facts["document"]:
        return None
    return "人工填报的次数没有计算依据。写明怎样算出，例如 12 所学校各少报 1 次"


def _rebound(facts: Facts) -> str | None:
    before, now = facts.get("before"), facts.get("now")
    if before is None or now is None or now <= before:
        return None
    return f"{facts['year']}年 {now} {facts['unit']}，比上年的 {before} {facts['unit']}多，出现反弹"


W = Severity.WARN
FORMS = (
    known(Rule("R-FORM-01", "报表有依据", "000 r10", _no_basis, W, "document"), WULONG),
    known(
        Rule("R-FORM-02", "留出填报时间", "003-12", _due_too_soon, W, "due_on", (NOTICE_DAYS,)), HEILONGJIANG
    ),
    known(Rule("R-FORM-03", "控制填报次数", "003-12", _daily, W, "frequency"), HEILONGJIANG),
    known(Rule("R-FORM-04", "不重复填报", "000 r10", _overlaps, W, "asked_for"), WULONG),
)
CHANNELS = (
    known(Rule("R-CHAN-01", "不强制关注安装", "001-6", _compulsory, W, "is_compulsory"), DAWUKOU),
    known(Rule("R-CHAN-02", "应用有依据", "000 r3", _no_basis, W, "document"), WULONG),
)
GATHERINGS = (
    known(Rule("R-GATH-01", "不参加无关活动", "000 r14", _unrelated, W, "is_related"), WULONG),
    known(
        Rule(
            "R-GATH-02",
            "视频分会场",
            "001-9",
            _branch_venue,
            W,
            "has_branch_venue",
            (BRANCH_KM, BRANCH_PEOPLE),
        ),
        DAWUKOU,
    ),
)
DUTIES = (
    known(Rule("R-DUTY-01", "经教育部门同意", "000 r6", _without_bureau, W, "bureau_consented"), WULONG),
    known(Rule("R-DUTY-02", "不上街执勤", "000 r6", _street, W, "on_the_street"), WULONG),
    known(
        Rule(
            "R-DUTY-03", "社会考试不过多", "教师厅〔2025〕2号，条款待核实", _exams, W, "schools", (EXAM_CAP,)
        ),
        MINISTRY,
        verified=False,
    ),
)
REUSES = (known(Rule("R-DATA-01", "次数有依据", "000 r12", _no_reuse_basis, W, "document"), WULONG),)
REBOUND = known(Rule("R-REG-01", "严防反弹", "002 三", _rebound, W, "name"), SAMPLE)
