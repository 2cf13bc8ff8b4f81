"""What must be filled before 提交 on each road, with the words that ask for it (ux.md 13)."""

from __future__ import annotations

from approvals.states import Road
from jianfu.kernel.papers import Facts

_WHO = {
    "title": "填写活动名称",
    "contact_name": "填写联系人",
    "contact_phone": "填写联系电话",
}
_WHEN = {"starts_on": "填写开始日期", "ends_on": "填写结束日期"}
_CAMPUS = {
    **_WHO,
    "category": "选择类别",
    "term": "选择学期",
    "content": "填写活动内容",
    **_WHEN,
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
_OFF_PLAN = {
    "off_plan_reason": "填写未列入年度计划的原因",
    "plan": "填写活动实施方案：日程、地点、人员分工",
}
# Only what is needed to list and to count it (R42).
_LISTED = (
    "title", "contact_name", "contact_phone", "category", "content", "starts_on", "ends_on", "frequency",
    "stages", "schools_text", "teacher_count", "class_hours", "delivery",
)  # fmt: skip
_EXEMPT = {**{name: _CAMPUS[name] for name in _LISTED}, "exemption": "选择免申报的情形"}
_INSPECTION = {
    **_WHO,
    "title": "填写事项名称",
    "inspection_kind": "选择事项类型",
    "level": "选择来源级别",
    "content": "填写督查检查的内容",
    "deployed_on": "填写工作部署日期",
    **_WHEN,
    "frequency": "填写频次，如每年 1 次",
    "stages": "选择学段",
    "schools_text": "填写涉及的学校",
    "methods": "选择方式",
}
_SURVEY = {
    **_WHO,
    "title": "填写统计或调研名称",
    "survey_kind": "选择类型",
    "content": "填写目的和用途",
    "respondents": "填写填报或调查对象",
    "items_asked": "填写采集的数据项，一行一项",
    "channel": "选择采集方式",
    "given_out_on": "填写下发日期",
    "hand_in_on": "填写上报截止日期",
}
_LOAN = {
    **_WHO,
    "title": "填写工作事项",
    "borrow_kind": "选择借用类别",
    "content": "填写教师承担的工作",
    **_WHEN,
}

REQUIRED_OF: dict[Road, dict[str, str]] = {
    Road.CAMPUS_ANNUAL: _CAMPUS,
    Road.CAMPUS_SINGLE: {**_CAMPUS, **_OFF_PLAN},
    Road.CAMPUS_URGENT: {**_CAMPUS, **_OFF_PLAN},
    Road.CAMPUS_EXEMPT: _EXEMPT,
    Road.INSPECTION_PLAN: _INSPECTION,
    Road.INSPECTION_SINGLE: {**_INSPECTION, "off_plan_reason": "填写未列入年度计划的原因"},
    Road.SURVEY: _SURVEY,
    Road.SECONDMENT: {
        **_LOAN,
        "teacher_name": "填写教师姓名",
        "school": "选择原学校",
        "subject": "填写学科或岗位，没有就填“无”",
        "is_head_teacher": "选择是否班主任",
        "impact": "填写对教学的影响和安排",
    },
    Road.SECONDMENT_SHORT: {
        **_LOAN,
        "person_count": "填写抽调人数",
        "day_count": "填写抽调天数",
        "impact": "填写对教学的影响和安排",
    },
}


def missing(facts: Facts, road: str = Road.CAMPUS_ANNUAL) -> dict[str, str]:
    """Field → what to do, for what is still empty on this road. 0 and 否 are answers."""
    return {name: words for name, words in REQUIRED_OF[Road(road)].items() if facts[name] in (None, "", [])}
