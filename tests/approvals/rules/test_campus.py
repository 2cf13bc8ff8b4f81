"""进校园: each rule at its edge, the last allowed and the first refused."""

from datetime import date
from decimal import Decimal

import pytest

from approvals.states import Criterion, Road
from jianfu.kernel.policy import Severity
from tests.approvals.rules.sound import TODAY, found, said


@pytest.mark.parametrize("road", Road)
def test_a_sound_application_hears_nothing(road):
    assert said(road) == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"criteria": {}}, "R-CAM-01"),
        ({"criteria": {Criterion.LAW: ("消防法", "", "")}}, "R-CAM-02"),
        ({"criteria": {Criterion.MANDATE: ("", "〔2026〕1号", "")}}, "R-CAM-02"),
        ({"criteria": {Criterion.EDUCATION: ("", "", "")}}, "R-CAM-03"),
        ({"charges_fee": True}, "R-CAM-05"),
        ({"appraises_schools": True}, "R-CAM-06"),
        ({"demands_traces": True}, "R-CAM-07"),
        ({"teacher_count": 1}, "R-CAM-08"),
        ({"committed": False}, "R-CAM-11"),
    ],
)
def test_each_rule_speaks_alone(changed, code):
    assert said(**changed) == [code]


@pytest.mark.parametrize(
    "changed",
    [
        {"criteria": {Criterion.MANDATE: ("意见", "〔2026〕1号", "")}},
        {"criteria": {Criterion.EDUCATION: ("", "", "")}, "course_overlap": "课程未开设"},
        {"teacher_count": 1, "teacher_duties": "组织疏散"},
        {"charges_fee": None, "appraises_schools": None, "demands_traces": None},
    ],
)
def test_each_way_out_is_one(changed):
    assert said(**changed) == []


def test_an_emergency_is_only_warned_of():
    criteria = {Criterion.EMERGENCY: ("通知", "〔2026〕1号", "")}
    (finding,) = found(criteria=criteria)
    assert (finding.rule.code, finding.severity) == ("R-CAM-04", Severity.WARN)


def test_an_urgent_application_stands_on_the_fourth_condition():
    law = {Criterion.LAW: ("消防法", "", "第六条")}
    assert said(Road.CAMPUS_URGENT, criteria=law) == ["R-CAM-17"]
    unshown = {Criterion.EMERGENCY: ("预案", "", "")}
    assert said(Road.CAMPUS_URGENT, criteria=unshown) == ["R-CAM-02"]
    shown = {Criterion.EMERGENCY: ("预案", "", "第三条")}
    assert said(Road.CAMPUS_URGENT, criteria=shown) == []


@pytest.mark.parametrize(
    ("criteria", "codes"),
    [
        ({}, ["R-CAM-18"]),
        ({Criterion.MANDATE: ("创建方案", "", "")}, ["R-CAM-18"]),
        ({Criterion.MANDATE: ("", "云委发〔2026〕1号", "")}, ["R-CAM-18"]),
        ({Criterion.MANDATE: ("创建方案", "云委发〔2026〕1号", "")}, []),
    ],
)
def test_an_exempt_activity_shows_its_basis(criteria, codes):
    assert said(Road.CAMPUS_EXEMPT, criteria=criteria) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("三年级科学课已有消防内容", ["R-CAM-27"]),
        ("现有课程没有相同内容", []),
        ("课程未开设", []),
        ("", []),
    ],
)
def test_what_the_courses_hold_is_woven_in(text, codes):
    assert said(course_overlap=text, integration=["none"], delivery="resources") == codes
    assert said(course_overlap=text, integration=["subject"]) == []


def test_what_is_not_woven_in_is_left_to_the_school():
    assert said(integration=["none"]) == ["R-CAM-28"]
    assert said(integration=["none"], delivery="resources") == []


@pytest.mark.parametrize(("hours", "codes"), [("0", []), ("0.5", ["R-CAM-29"])])
def test_class_hours_are_not_demanded(hours, codes):
    assert said(class_hours=Decimal(hours), integration=["none"], delivery="resources") == codes
    assert said(class_hours=Decimal(hours)) == []


def test_a_refusal_names_limit_way_out_and_clause():
    (finding,) = found(Road.CAMPUS_URGENT, starts_on=date(2026, 11, 30))
    assert str(finding) == (
        "开始日期2026年11月30日已经过去。请改为2026年12月1日或以后（R-CAM-10，合川区行动方案四（三））"
    )
    assert date(2026, 12, 1) == TODAY
