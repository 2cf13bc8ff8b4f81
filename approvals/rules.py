"""Citable rules for what an application may ask of schools. Plain facts in, a sentence out.

Facts are the form's values by field name, plus ``criteria`` (criterion → (document, number, clause)) and
``today``. Each sentence says what is wrong, the limit, and the way out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.policy import Rule, Severity, declare_rule

from .states import Criterion

Facts = Mapping[str, Any]


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


def _within_year(facts: Facts) -> str | None:
    starts, ends, year = facts["starts_on"], facts["ends_on"], facts["year"]
    if starts and ends and not (date(year, 1, 1) <= starts <= ends <= date(year + 1, 8, 31)):
        return (
            f"{chinese_date(starts)}至{chinese_date(ends)}不在{year}年度计划之内：开始不早于{year}年1月1日，"
            f"结束不晚于{year + 1}年8月31日，且结束不早于开始。请改日期或改年度"
        )
    return None


def _not_past(facts: Facts) -> str | None:
    if facts["starts_on"] and facts["starts_on"] < facts["today"]:
        return (
            f"开始日期{chinese_date(facts['starts_on'])}已经过去。请改为{chinese_date(facts['today'])}或以后"
        )
    return None


def _committed(facts: Facts) -> str | None:
    if not facts["committed"]:
        return "没有作出承诺：请阅读并勾选承诺后再提交"
    return None


CAMPUS_RULES = (
    Rule("R-CAM-01", "符合准入条件", "004 四（一）", _criterion_claimed, field="criteria"),
    Rule("R-CAM-02", "写明文件依据", "004 四（一）", _criterion_shown, field="criteria"),
    Rule("R-CAM-03", "不与课程重复", "004 四（一）", _not_in_courses, field="course_overlap"),
    Rule("R-CAM-04", "紧急情况另有通道", "004 四（一）", _emergency, Severity.WARN, field="criteria"),
    Rule("R-CAM-05", "不得收费和商业活动", "003 第9条、004 三（一）", _no_fee, field="charges_fee"),
    Rule("R-CAM-06", "不与考核挂钩", "004 四（六）", _no_appraisal, field="appraises_schools"),
    Rule("R-CAM-07", "不得重留痕", "004 三（三）", _no_traces, field="demands_traces"),
    Rule("R-CAM-08", "写明教师承担的工作", "002 三（二）4", _teachers_explained, field="teacher_duties"),
    Rule("R-CAM-09", "日期在年度计划内", "004 四（三）", _within_year, field="starts_on"),
    Rule("R-CAM-10", "日期在将来", "004 四（三）", _not_past, field="starts_on"),
    Rule("R-CAM-11", "申报承诺", "004 四（六）", _committed, field="committed"),
)

_DOCUMENT = "合川区规范社会事务进校园为中小学教师减负专项整治行动方案"
for _rule in CAMPUS_RULES:
    declare_rule(_rule, _DOCUMENT, date(2024, 7, 16))

# What must be filled before 提交, with the words that ask for it (ux.md 13).
REQUIRED = {
    "title": "填写活动名称",
    "category": "选择类别",
    "term": "选择学期",
    "contact_name": "填写联系人",
    "contact_phone": "填写联系电话",
    "content": "填写活动内容",
    "starts_on": "填写开始日期",
    "ends_on": "填写结束日期",
    "frequency": "填写开展频次，如每校 1 次",
    "stages": "选择学段",
    "schools_text": "填写实施学校",
    "student_count": "填写参与学生人数，没有就填 0",
    "teacher_count": "填写需教师人数，没有就填 0",
    "class_hours": "填写每班占用课时，不占用就填 0",
    "delivery": "选择开展方式",
    "method": "填写组织方式",
    "integration": "选择融合方式",
    "expected_effect": "填写预期效果",
    "charges_fee": "选择是否收费或有商业行为",
    "appraises_schools": "选择是否考核学校或教师",
    "demands_traces": "选择是否有打卡、拍照等要求",
}


def missing(facts: Facts) -> dict[str, str]:
    """Field → what to do, for what is still empty. 0 and 否 are answers."""
    return {name: words for name, words in REQUIRED.items() if facts[name] in (None, "", [])}
