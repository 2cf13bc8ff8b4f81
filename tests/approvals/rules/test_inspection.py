"""督查检查评比考核: both sides of every edge."""

from datetime import date

import pytest

from approvals.rules.inspection import lines_of
from approvals.states import Road
from tests.approvals.rules.sound import found, said

PLAN, SINGLE = Road.INSPECTION_PLAN, Road.INSPECTION_SINGLE


@pytest.mark.parametrize(
    ("deployed", "codes"),
    [
        (date(2027, 5, 15), []),  # 30 days
        (date(2027, 5, 16), ["R-INSP-01"]),  # 29 days
        (date(2027, 6, 15), ["R-INSP-01"]),  # after it began
        (None, []),
    ],
)
def test_no_inspection_of_what_was_just_ordered(deployed, codes):
    assert said(PLAN, deployed_on=deployed) == codes


@pytest.mark.parametrize(("today", "codes"), [(date(2027, 5, 14), []), (date(2027, 5, 15), ["R-INSP-02"])])
def test_a_month_of_notice(today, codes):
    assert said(SINGLE, today=today) == codes


@pytest.mark.parametrize(
    ("starts", "ends", "codes"),
    [
        (date(2027, 6, 1), date(2027, 7, 31), []),
        (date(2027, 5, 31), date(2027, 6, 30), ["R-INSP-03"]),
        (date(2027, 7, 1), date(2027, 8, 1), ["R-INSP-03"]),
        (date(2027, 1, 5), date(2027, 12, 5), ["R-INSP-03"]),
        (date(2027, 6, 1), None, []),
    ],
)
def test_inspections_come_at_the_end_of_term_or_year(starts, ends, codes):
    assert said(PLAN, starts_on=starts, ends_on=ends, deployed_on=None) == codes


def test_december_into_january_is_within_the_window():
    spanning = {"starts_on": date(2027, 12, 20), "ends_on": date(2028, 1, 10)}
    assert said(SINGLE, **spanning) == []
    assert said(PLAN, **spanning) == ["R-INSP-07"]


@pytest.mark.parametrize(
    ("today", "refused"), [(date(2027, 6, 13), False), (date(2027, 6, 14), True), (date(2027, 6, 20), True)]
)
def test_it_begins_after_today(today, refused):
    assert ("R-INSP-08" in said(SINGLE, today=today)) is refused


def test_the_same_material_is_not_asked_for_twice():
    text = "1. 安全工作台账；\n2. 值班记录\n3.《安全工作台账》"
    (finding,) = found(PLAN, materials=text)
    assert finding.rule.code == "R-INSP-04"
    (mark,) = finding.marks
    assert text[mark.start : mark.end] == mark.words == "《安全工作台账》"


def test_what_another_item_asks_for_is_marked_and_named():
    (finding,) = found(PLAN, materials="防汛预案\n课程表", materials_elsewhere=[("课程表", "教学常规检查")])
    assert "“课程表”已由“教学常规检查”要过" in finding.message
    assert [(mark.start, mark.words) for mark in finding.marks] == [(5, "课程表")]


def test_lines_lose_their_numbers_and_keep_their_place():
    text = "1.预案\n\n（2）3张照片；"
    found_lines = lines_of(text)
    assert [words for _start, words in found_lines] == ["预案", "3张照片"]
    assert [text[start : start + len(words)] for start, words in found_lines] == ["预案", "3张照片"]


def test_pictures_are_no_proof():
    (finding,) = found(PLAN, materials="工作场景截图\n防汛预案")
    assert finding.rule.code == "R-INSP-05"
    assert [(m.field, m.words) for m in finding.marks] == [("materials", "截图")]
    assert said(PLAN, materials="防汛预案", content="不以截图、录像代替实际工作评价") == []


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, ["R-INSP-06"]),
        ({"differences": "村小只看安全"}, []),
        ({"schools": ["实验小学"]}, []),
        ({"stages": ["primary", "junior"]}, []),
    ],
)
def test_not_all_schools_alike(changed, codes):
    assert said(PLAN, **{"stages": ["primary", "junior", "senior"], **changed}) == codes


@pytest.mark.parametrize(
    ("kind", "codes"), [("veto", ["R-INSP-09"]), ("pledge", ["R-INSP-09"]), ("appraisal", [])]
)
def test_veto_and_pledge_are_to_be_cleared_away(kind, codes):
    assert said(PLAN, inspection_kind=kind) == codes
