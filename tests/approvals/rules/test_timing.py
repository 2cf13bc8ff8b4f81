"""When an application must be made: both sides of every edge."""

from datetime import date

import pytest

from approvals.rules import timing
from approvals.states import Road
from tests.approvals.rules.sound import found, said


@pytest.mark.parametrize(
    ("today", "codes"),
    [
        (date(2026, 6, 30), ["R-CAM-12"]),
        (date(2026, 7, 1), []),
        (date(2026, 7, 31), []),
        (date(2026, 8, 1), ["R-CAM-12"]),
        (date(2026, 11, 30), ["R-CAM-12"]),
        (date(2026, 12, 1), []),
        (date(2026, 12, 31), []),
        (date(2027, 1, 1), ["R-CAM-12"]),
    ],
)
def test_the_yearly_plan_is_applied_for_in_july_and_december(today, codes):
    assert said(today=today) == codes


@pytest.mark.parametrize(
    ("starts", "codes"),
    [
        (date(2026, 12, 14), ["R-CAM-15"]),  # 13 days
        (date(2026, 12, 15), []),  # 14 days
        (date(2026, 12, 1), ["R-CAM-15"]),
        (None, []),
    ],
)
def test_a_single_matter_is_applied_for_two_weeks_before(starts, codes):
    assert said(Road.CAMPUS_SINGLE, starts_on=starts, ends_on=date(2026, 12, 31)) == codes


def test_thirteen_days_are_told_the_limit_and_the_ways_out():
    (finding,) = found(Road.CAMPUS_SINGLE, starts_on=date(2026, 12, 14))
    assert finding.message == (
        "开始日期距申报 13 天，少于一事一审要求的 14 天。请改为2026年12月15日或以后，或改走“即时突发”并附依据"
    )
    assert finding.blocks


@pytest.mark.parametrize(
    ("starts", "codes"),
    [
        (date(2026, 12, 31), ["R-CAM-16"]),
        (date(2027, 1, 1), []),
    ],
)
def test_the_plan_comes_a_month_before(starts, codes):
    assert said(starts_on=starts) == codes


def test_a_month_ends_with_the_month():
    """31 March less a month is 28 February: that day is the last."""
    assert "R-CAM-16" not in said(today=date(2027, 2, 28), starts_on=date(2027, 3, 31))
    assert "R-CAM-16" in said(today=date(2027, 3, 1), starts_on=date(2027, 3, 31))


@pytest.mark.parametrize(
    ("starts", "ends", "codes"),
    [
        (date(2027, 3, 1), date(2027, 8, 31), []),
        (date(2027, 3, 1), date(2027, 9, 1), ["R-CAM-09"]),
        (date(2027, 3, 2), date(2027, 3, 1), ["R-CAM-09"]),
        (None, date(2030, 1, 1), []),
    ],
)
def test_the_days_lie_in_the_year_of_the_plan(starts, ends, codes):
    assert said(starts_on=starts, ends_on=ends) == codes


@pytest.mark.parametrize(("starts", "codes"), [(date(2026, 12, 1), []), (date(2026, 11, 30), ["R-CAM-10"])])
def test_an_urgent_matter_begins_today_at_the_earliest(starts, codes):
    assert said(Road.CAMPUS_URGENT, starts_on=starts) == codes


@pytest.mark.parametrize(
    ("text", "months"), [("7、12", (7, 12)), ("1,6,7，12", (1, 6, 7, 12)), ("12", (12,))]
)
def test_months_are_read_as_people_write_them(text, months):
    assert timing.WINDOW.of_text(text) == months


@pytest.mark.parametrize("text", ["", "七月", "0", "13", "7、"])
def test_what_is_no_month_is_refused_in_words(text):
    with pytest.raises(ValueError, match="填写月份，用顿号分开，如 7、12 月"):
        timing.WINDOW.of_text(text)


def test_a_single_matter_brings_its_plan():
    """R52, R53: fourteen days ahead there is no month to have the plan checked."""
    (finding,) = found(Road.CAMPUS_SINGLE, plan_files=[])
    assert (finding.rule.code, finding.blocks, finding.fields) == ("R-CAM-30", True, ("files",))
    assert finding.message == (
        "没有附活动实施方案：一事一审不另行报审方案，请上传方案文件，材料类别选“活动实施方案”，再提交"
    )
    assert said(Road.CAMPUS_SINGLE, plan_files=["方案.pdf"]) == []


@pytest.mark.parametrize("road", [Road.CAMPUS_ANNUAL, Road.CAMPUS_URGENT, Road.CAMPUS_EXEMPT])
def test_no_other_road_needs_the_file(road):
    assert "R-CAM-30" not in said(road, plan_files=[])
