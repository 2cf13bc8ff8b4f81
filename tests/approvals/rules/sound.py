"""Facts of an application of each road that no rule has anything to say about."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from approvals.rules import REQUIRED_OF, RULES_OF
from approvals.states import INSPECTIONS, SECONDMENTS, Criterion, Road
from jianfu.kernel.policy import Severity, examine

TODAY = date(2026, 12, 1)  # a month in which the yearly plan is applied for

_CAMPUS = {
    "term": "spring",
    "starts_on": date(2027, 3, 15),
    "ends_on": date(2027, 3, 31),
    "course_overlap": "",
    "teacher_duties": "",
    "teacher_count": 0,
    "class_hours": Decimal("0"),
    "integration": ["subject"],
    "delivery": "visit",
    "committed": True,
    "charges_fee": False,
    "appraises_schools": False,
    "demands_traces": False,
    "criteria": {Criterion.LAW: ("消防法", "", "第六条")},
    "plan_files": ["方案.pdf"],
}
_INSPECTION = {
    "starts_on": date(2027, 6, 14),
    "ends_on": date(2027, 6, 18),
    "year": 2027,
    "deployed_on": date(2027, 3, 1),
    "stages": ["primary"],
    "inspection_kind": "inspection",
    "materials": "防汛预案\n值班安排",
}
_SURVEY = {
    "survey_kind": "form",
    "channel": "paper",
    "given_out_on": date(2026, 12, 14),
    "hand_in_on": date(2026, 12, 25),
    "fill_days": 9,
    "reuse_checked": True,
    "respondents": "各学校办公室",
    "items_asked": "校车数量\n校车驾驶员人数",
}
_LOAN = {
    "starts_on": date(2027, 3, 1),
    "ends_on": date(2027, 8, 31),
    "borrow_kind": "major_task",
    "is_head_teacher": False,
    "person_count": 2,
    "day_count": 3,
}


def facts(road=Road.CAMPUS_ANNUAL, **changed):
    own = {
        Road.SURVEY: _SURVEY,
        **dict.fromkeys(INSPECTIONS, _INSPECTION),
        **dict.fromkeys(SECONDMENTS, _LOAN),
    }
    base = {
        **dict.fromkeys(REQUIRED_OF[road], "有"),
        "year": 2026,
        "today": TODAY,
        "applied_on": changed.get("today", TODAY),
        **own.get(road, _CAMPUS),
    }
    if road == Road.CAMPUS_URGENT:
        base["criteria"] = {Criterion.EMERGENCY: ("防汛应急预案", "云委教发〔2026〕9号", "")}
    return {**base, **changed}


def found(road=Road.CAMPUS_ANNUAL, **changed):
    return examine(RULES_OF[road], facts(road, **changed))


def told(rule, road=Road.CAMPUS_ANNUAL, **changed):
    """What one rule says, however hard it judges by default."""
    return examine((replace(rule, severity=Severity.WARN),), facts(road, **changed))


def said(road=Road.CAMPUS_ANNUAL, **changed):
    return [finding.rule.code for finding in found(road, **changed)]
