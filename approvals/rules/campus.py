"""Citable rules for what an 进校园 application may ask of schools. Plain facts in, a sentence out.

Facts are the form's values by field name, plus ``criteria`` (criterion → (document, number, clause)) and
``today``. Each sentence says what is wrong, the limit, and the way out.
"""

from __future__ import annotations

import re
from decimal import Decimal

from approvals.states import Criterion, Delivery, Integration
from jianfu.kernel.papers import DAWUKOU, HECHUAN, HEILONGJIANG, SAMPLE, Facts, known
from jianfu.kernel.policy import Mark, Rule, Said, Severity

from .load import SAME_DAYS, SCHOOLS_FULL, YEAR_FULL
from .reading import find
from .themes import REMOVED_BEFORE, SIMILAR, TAUGHT
from .timing import FAR_ENOUGH, IN_WINDOW, NOT_PAST, PLAN_IN_TIME, PLAN_INSIDE, WITHIN_YEAR
from .words import IN_WORDS


def _criterion_claimed(facts: Facts) -> str | None:
    if not facts["criteria"]:
        return "没有选准入条件：四项条件须至少符合一项，并写明文件依据"
    return None


def _criterion_shown(facts: Facts) -> str | None:
    """①② stand on a document with its number; ③ on the comparison with the courses."""
    for criterion in (Criterion.LAW, Criterion.MANDATE, Criterion.EMERGENCY):
        document, number, clause = facts["criteria"].get(criterion, ("-", "-", "-"))
        if not document or not (number or clause):
            return f"准入条件{criterion.label[0]}没有写全依据：写明文件名称，以及文号或条款"
    return None


def _not_in_courses(facts: Facts) -> str | None:
    if Criterion.EDUCATION in facts["criteria"] and not facts["course_overlap"]:
        return "选了准入条件③，须说明现有课程中是否已有相关内容；已有的请改为融入现有课程，不重复安排"
    return None


def _emergency(facts: Facts) -> str | None:
    if Criterion.EMERGENCY in facts["criteria"]:
        return "准入条件④是紧急情况，一般走“即时突发”；按年度计划申报的，请核对是否还有其他条件可依"
    return None


def _no_fee(facts: Facts) -> str | None:
    if facts["charges_fee"]:
        return "收费或有商业行为的活动不得进校园。请取消收费和商业内容后再申报"
    return None


def _no_appraisal(facts: Facts) -> str | None:
    if facts["appraises_schools"]:
        return "不得把进校园活动完成情况与学校、教师考核评价挂钩。请取消考核内容后再申报"
    return None


def _no_traces(facts: Facts) -> str | None:
    if facts["demands_traces"]:
        return "不得要求师生用APP、公众号、打卡、接龙、点赞、拍照、简报等留痕。请取消这些要求后再申报"
    return None


def _teachers_explained(facts: Facts) -> str | None:
    if facts["teacher_count"] and not facts["teacher_duties"]:
        count = facts["teacher_count"]
        return f"需要教师 {count} 人，但没有写教师承担的工作。写明工作内容；不需要教师的，人数填 0"
    return None


def _committed(facts: Facts) -> str | None:
    if not facts["committed"]:
        return "没有作出承诺：请阅读并勾选承诺后再提交"
    return None


def _urgent(facts: Facts) -> str | None:
    if Criterion.EMERGENCY in facts["criteria"]:
        return None
    return (
        "即时突发只用于紧急情况：须符合准入条件④，并写明同级党委教育工作领导小组批准的文件。"
        "不属于紧急情况的，请改走一事一审"
    )


def _exempt(facts: Facts) -> str | None:
    if any(document and (number or clause) for document, number, clause in facts["criteria"].values()):
        return None
    return "免申报须写明依据：创建全国文明城市等政府中心工作，或上级进校园活动目录，写出文件名称和文号或条款"


def _stands_alone(facts: Facts) -> bool:
    return Integration.NONE in (facts["integration"] or ())


_ALREADY = re.compile("已有|已经有|已开设|已经开设|已包含|已涉及|相同|重复|部分有")


def _woven_in(facts: Facts) -> Said | None:
    """课程已有的，融入而不另行安排 (R60)."""
    text = facts["course_overlap"] or ""
    hits = find(text, _ALREADY)
    if not hits or not _stands_alone(facts):
        return None
    return Said(
        "课程中已有相关内容，而融合方式选了“未融合”。请选择融入哪类教学和活动，不重复安排",
        tuple(Mark("course_overlap", hit.start, hit.end, hit.words) for hit in hits),
    )


def _school_runs_it(facts: Facts) -> str | None:
    """未融合的事项，提倡提供资源、由学校自主开展 (R54, R55)."""
    if not _stands_alone(facts) or facts["delivery"] != Delivery.VISIT:
        return None
    return "既不融入教学，又专项进校。请选择融合方式，或改为“提供资源，由学校自主开展”"


def _hours(facts: Facts) -> str | None:
    if not facts["class_hours"] or not _stands_alone(facts):
        return None
    hours = f"{Decimal(facts['class_hours']).normalize():f}"
    return f"每班占用 {hours} 课时，又没有融入教学。有关部门不得擅自对课时提出要求，请改为融入或不占课时"


CRITERION_CLAIMED = known(
    Rule("R-CAM-01", "符合准入条件", "004 四（一）", _criterion_claimed, field="criteria"), HECHUAN
)
CRITERION_SHOWN = known(
    Rule("R-CAM-02", "写明文件依据", "004 四（一）", _criterion_shown, field="criteria"), HECHUAN
)
NOT_IN_COURSES = known(
    Rule(
        "R-CAM-03",
        "不与课程重复",
        "004 四（一）",
        _not_in_courses,
        field="course_overlap",
        quote="有利于促进学生德智体美劳全面发展且现有课程中未开设的",
    ),
    HECHUAN,
)
EMERGENCY_ELSEWHERE = known(
    Rule("R-CAM-04", "紧急情况另有通道", "004 四（一）", _emergency, Severity.WARN, "criteria"), HECHUAN
)
NO_FEE = known(
    Rule(
        "R-CAM-05",
        "不得收费和商业活动",
        "003 第9条、004 三（一）",
        _no_fee,
        field="charges_fee",
        quote="严禁以营利为目的的商业活动、商业广告或借机收费活动等进入校园",
    ),
    HEILONGJIANG,
)
NO_APPRAISAL = known(
    Rule(
        "R-CAM-06",
        "不与考核挂钩",
        "004 四（六）",
        _no_appraisal,
        field="appraises_schools",
        quote="不得将社会事务进校园完成情况与学校、教师考核评价挂钩",
    ),
    HECHUAN,
)
NO_TRACES = known(
    Rule(
        "R-CAM-07",
        "不得重留痕",
        "004 三（三）",
        _no_traces,
        field="demands_traces",
        quote="滥用应用程序和工作群组、打卡、接龙、点赞、做题、拍照、简报等重留痕轻实效行为",
    ),
    HECHUAN,
)
TEACHERS_EXPLAINED = known(
    Rule("R-CAM-08", "写明教师承担的工作", "002 三（二）4", _teachers_explained, field="teacher_duties"),
    SAMPLE,
)
COMMITTED = known(Rule("R-CAM-11", "申报承诺", "004 四（六）", _committed, field="committed"), HECHUAN)
URGENT = known(
    Rule(
        "R-CAM-17",
        "即时突发的条件",
        "004 四（一）④，001 第3条",
        _urgent,
        field="criteria",
        quote="紧急情况下确需中小学教师参与并经同级党委教育工作领导小组批准的",
    ),
    HECHUAN,
)
EXEMPT = known(
    Rule(
        "R-CAM-18",
        "免申报的依据",
        "001 第3条",
        _exempt,
        field="criteria",
        quote="创建全国文明城市等政府中心工作及自治区中小学进校园活动目录相关无须申报",
    ),
    DAWUKOU,
)
WOVEN_IN = known(
    Rule(
        "R-CAM-27",
        "课程已有的要融入",
        "002 三（二）4",
        _woven_in,
        Severity.WARN,
        "course_overlap",
        quote="如中小学课程已有相关内容，可根据实际需要合理融入教学安排，不得重复安排",
    ),
    SAMPLE,
)
SCHOOL_RUNS_IT = known(
    Rule(
        "R-CAM-28",
        "未融合的由学校自主开展",
        "004 四（四）",
        _school_runs_it,
        Severity.WARN,
        "integration",
        quote="未融合的事项，提倡事项开展部门通过提供资源支持、业务指导等方式，由学校自主开展",
    ),
    HECHUAN,
)
HOURS = known(
    Rule(
        "R-CAM-29",
        "课时要求",
        "002 三（二）4",
        _hours,
        Severity.WARN,
        "class_hours",
        quote="相关部门不得擅自对课时、教师、考核提出量化指标",
    ),
    SAMPLE,
)

# What every 进校园 road is asked.
_ANSWERS = (NO_FEE, NO_APPRAISAL, NO_TRACES, TEACHERS_EXPLAINED)
_COUNSEL = (TAUGHT, WOVEN_IN, SCHOOL_RUNS_IT, HOURS)
_LOADS = (REMOVED_BEFORE, SIMILAR, SCHOOLS_FULL, SAME_DAYS, YEAR_FULL)

ANNUAL_RULES = (
    CRITERION_CLAIMED, CRITERION_SHOWN, NOT_IN_COURSES, EMERGENCY_ELSEWHERE, *_ANSWERS,
    WITHIN_YEAR, NOT_PAST, COMMITTED, IN_WINDOW, PLAN_IN_TIME, *_COUNSEL, *_LOADS, *IN_WORDS,
)  # fmt: skip
SINGLE_RULES = (
    CRITERION_CLAIMED, CRITERION_SHOWN, NOT_IN_COURSES, *_ANSWERS,
    FAR_ENOUGH, NOT_PAST, PLAN_INSIDE, COMMITTED, *_COUNSEL, *_LOADS, *IN_WORDS,
)  # fmt: skip
URGENT_RULES = (
    URGENT, CRITERION_SHOWN, *_ANSWERS, NOT_PAST, COMMITTED, *_LOADS, *IN_WORDS,
)  # fmt: skip
# What needs no application is no part of the year's cap, but counts at each school.
EXEMPT_RULES = (EXEMPT, *_ANSWERS, COMMITTED, REMOVED_BEFORE, SCHOOLS_FULL, SAME_DAYS, *IN_WORDS)
