"""R-CAM-13, 14 and 31: others on the theme, what courses teach, what was removed; judged on facts alone."""

import pytest

from approvals.rules import RULES_OF
from approvals.states import Road
from approvals.themes import taught_in
from tests.approvals.rules.sound import found, said

FIRE = ("高度相近", "119火场逃生体验", "主题相同：消防安全；同在2026年春季学期；区消防救援支队")
VAN = ("“气象流动课堂”（BMD20260004）", "2026年10月26日", "要求在线答题。", "主题相同：气象")
TAX = ("消防安全", "道德与法治", "火灾逃生等生命安全教育")


def words(code, **changed):
    return next(str(finding) for finding in found(**changed) if finding.rule.code == code)


def test_a_near_theme_is_named_with_its_unit_and_term():
    assert words("R-CAM-13", similar=[FIRE]) == (
        "本区2026年已有同一或相近主题的活动：“119火场逃生体验”（主题相同：消防安全；"
        "同在2026年春季学期；区消防救援支队）。能合并的，与对方联合申报、一次进校；"
        "不能合并的，在活动内容里写明区别（R-CAM-13，合川区行动方案三（二））"
    )


@pytest.mark.parametrize(("count", "more"), [(3, False), (4, True)])
def test_three_are_named_and_the_rest_counted(count, more):
    sentence = words("R-CAM-13", similar=[FIRE] * count)
    assert sentence.count("119火场逃生体验") == 3
    assert (f"等 {count} 项" in sentence) is more


def test_nothing_near_nothing_said():
    assert "R-CAM-13" not in said(similar=[])
    assert "R-CAM-13" not in said()


@pytest.mark.parametrize("road", [Road.CAMPUS_ANNUAL, Road.CAMPUS_SINGLE, Road.CAMPUS_URGENT])
def test_on_every_road_that_is_decided(road):
    assert "R-CAM-13" in said(road, similar=[FIRE])


def test_what_needs_no_application_is_not_asked():
    assert "R-CAM-13" not in {rule.code for rule in RULES_OF[Road.CAMPUS_EXEMPT]}


def test_a_course_that_teaches_it_is_named():
    assert words("R-CAM-14", taught_in=[TAX]) == (
        "“消防安全”在现有课程里已有相关内容：《道德与法治》已有“火灾逃生等生命安全教育”。"
        "写明怎样融入这些课程，不重复安排（R-CAM-14，减负实施方案范文三（二）4、合川区行动方案三（三））"
    )


def test_it_is_silent_once_the_relation_is_written_down():
    assert "R-CAM-14" not in said(taught_in=[TAX], course_overlap="由学校在班会中统筹，不另占课时。")
    assert "R-CAM-14" not in said(taught_in=[])


def test_what_courses_teach_of_the_constitution():
    assert ("宪法", "道德与法治", "宪法教育") in taught_in("国家宪法日晨读", "", ["primary"])
    assert ("宪法", "思想政治", "依宪治国") not in taught_in("国家宪法日晨读", "", ["primary"])
    assert ("宪法", "思想政治", "依宪治国") in taught_in("国家宪法日晨读", "", ["senior"])
    assert {course for _theme, course, _what in taught_in("国家宪法日晨读", "")} == {"道德与法治", "思想政治"}


def test_no_course_teaches_archives():
    assert taught_in("档案馆开放日", "看档案。") == []
    assert taught_in("", "") == []


@pytest.mark.parametrize("road", [road for road in Road if road.startswith("campus")])
def test_what_was_removed_is_told_with_its_day_and_its_public_reason(road):
    assert "R-CAM-31" not in said(road, removed_before=[])
    assert said(road, removed_before=[VAN]) == ["R-CAM-31"]
    assert found(road, removed_before=[VAN])[0].blocks is False
    assert words("R-CAM-31", removed_before=[VAN]) == (
        "“气象流动课堂”（BMD20260004）（主题相同：气象）2026年10月26日已移出白名单，理由：要求在线答题。"
        "确需再次申报的，在活动内容里写明针对移出的理由作了哪些改变；没有改变的，不再申报"
        "（R-CAM-31，合川区行动方案四（四））"
    )


@pytest.mark.parametrize(("count", "more"), [(3, False), (4, True)])
def test_three_removals_are_named_and_the_rest_counted(count, more):
    sentence = words("R-CAM-31", removed_before=[VAN] * count)
    assert sentence.count("BMD20260004") == 3
    assert (f"共 {count} 项" in sentence) is more
