"""What comes together at one school, in one term, in one year."""

import pytest

from approvals.rules import RULES_OF
from approvals.rules.load import YEAR_FULL
from approvals.states import Road
from tests.approvals.rules.sound import found, said, told


@pytest.mark.parametrize(("count", "codes"), [(5, []), (6, ["R-CAM-24"])])
def test_six_a_school_and_term_and_not_seven(count, codes):
    assert said(school_loads=[("实验小学", count, [])]) == codes


def test_the_full_schools_are_named_three_at_most():
    loads = [(f"第{number}小学", 6, []) for number in range(1, 6)]
    (finding,) = found(school_loads=loads)
    assert "第1小学（已有 6 项）、第2小学（已有 6 项）、第3小学（已有 6 项）等 5 所学校" in finding.message
    assert finding.message.count("（已有") == 3
    ((figure, value),) = finding.values
    assert (value, figure.verified) == (6, False)


def test_other_activities_of_the_same_days_are_named():
    (finding,) = found(school_loads=[("实验小学", 1, ["消防演练"]), ("城东小学", 0, [])])
    assert finding.rule.code == "R-CAM-25"
    assert "实验小学：“消防演练”" in finding.message
    assert "城东小学" not in finding.message


@pytest.mark.parametrize(("count", "speaks"), [(None, False), (9, False), (10, True)])
@pytest.mark.parametrize("road", [Road.CAMPUS_ANNUAL, Road.CAMPUS_SINGLE, Road.CAMPUS_URGENT])
def test_ten_a_year_and_not_eleven(road, count, speaks):
    assert YEAR_FULL in RULES_OF[road]
    assert bool(told(YEAR_FULL, road, year_count=count)) is speaks


def test_the_cap_of_a_province_is_not_held_against_a_district_that_did_not_take_it_over():
    assert said(year_count=99) == []


def test_what_is_exempt_counts_at_the_school_and_not_against_the_cap():
    assert YEAR_FULL not in RULES_OF[Road.CAMPUS_EXEMPT]
    assert said(Road.CAMPUS_EXEMPT, school_loads=[("实验小学", 6, [])]) == ["R-CAM-24"]
