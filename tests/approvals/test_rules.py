"""Each rule at its edge: the last allowed and the first refused."""

from datetime import date

import pytest

from approvals.rules import CAMPUS_RULES, REQUIRED, missing
from approvals.states import Criterion
from jianfu.kernel.policy import Severity, examine

TODAY = date(2026, 11, 21)


def facts(**changed):
    base = {
        **dict.fromkeys(REQUIRED, "有"),
        "year": 2026,
        "starts_on": date(2026, 12, 1),
        "ends_on": date(2026, 12, 31),
        "course_overlap": "",
        "teacher_duties": "",
        "teacher_count": 0,
        "committed": True,
        "charges_fee": False,
        "appraises_schools": False,
        "demands_traces": False,
        "criteria": {Criterion.LAW: ("消防法", "", "第六条")},
        "today": TODAY,
    }
    return {**base, **changed}


def said(**changed):
    return [finding.rule.code for finding in examine(CAMPUS_RULES, facts(**changed))]


def test_a_sound_application_hears_nothing():
    assert said() == []


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
    (finding,) = examine(CAMPUS_RULES, facts(criteria=criteria))
    assert (finding.rule.code, finding.severity) == ("R-CAM-04", Severity.WARN)


@pytest.mark.parametrize(
    ("starts", "ends", "codes"),
    [
        (date(2026, 11, 21), date(2026, 11, 21), []),
        (date(2026, 11, 20), date(2026, 12, 1), ["R-CAM-10"]),
        (date(2026, 12, 1), date(2027, 8, 31), []),
        (date(2026, 12, 1), date(2027, 9, 1), ["R-CAM-09"]),
        (date(2026, 12, 2), date(2026, 12, 1), ["R-CAM-09"]),
        (date(2025, 12, 31), date(2026, 1, 2), ["R-CAM-09", "R-CAM-10"]),
        (None, date(2030, 1, 1), []),
    ],
)
def test_the_days_at_their_edges(starts, ends, codes):
    assert said(starts_on=starts, ends_on=ends) == codes


def test_a_refusal_names_limit_way_out_and_clause():
    (finding,) = examine(CAMPUS_RULES, facts(starts_on=date(2026, 11, 20)))
    assert str(finding) == (
        "开始日期2026年11月20日已经过去。请改为2026年11月21日或以后（R-CAM-10，004 四（三））"
    )


@pytest.mark.parametrize("empty", [None, "", []])
def test_what_is_empty_is_missing(empty):
    assert missing(facts(stages=empty)) == {"stages": "选择学段"}


@pytest.mark.parametrize("answer", [0, False])
def test_nought_and_no_are_answers(answer):
    assert missing(facts(class_hours=answer, charges_fee=answer)) == {}
