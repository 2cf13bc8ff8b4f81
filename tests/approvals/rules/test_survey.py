"""统计调研: both sides of every edge."""

from datetime import date

import pytest

from approvals.states import Road
from tests.approvals.rules.sound import TODAY, found
from tests.approvals.rules.sound import said as said_on


def said(**changed):
    return said_on(Road.SURVEY, **changed)


def test_statistics_need_the_number_of_the_statistics_office():
    assert said(survey_kind="statistics") == ["R-SURV-01"]
    assert said(survey_kind="statistics", approval_number="云统审〔2026〕3号") == []
    assert said(survey_kind="research") == []


@pytest.mark.parametrize(("given", "codes"), [(TODAY, ["R-SURV-02"]), (date(2026, 12, 2), [])])
def test_nothing_is_given_out_before_consent(given, codes):
    assert said(given_out_on=given) == codes


@pytest.mark.parametrize(("days", "codes"), [(0, ["R-SURV-06"]), (4, ["R-SURV-06"]), (5, []), (None, [])])
def test_five_working_days_to_fill_it_in(days, codes):
    assert said(fill_days=days) == codes


def test_what_is_known_is_not_asked_again():
    held = [("校车数量", "校车台账", "安全科")]
    first, second = found(Road.SURVEY, held_data=held)
    assert (first.rule.code, second.rule.code) == ("R-SURV-03", "R-SURV-04")
    assert [(m.start, m.end, m.words) for m in first.marks] == [(0, 4, "校车数量")]
    assert (first.blocks, second.blocks) == (False, True)
    assert said(held_data=held, reuse_note="台账只到上学期") == ["R-SURV-03"]


def test_each_place_of_what_is_known_is_marked():
    held = [("校车数量", "校车台账", "安全科")]
    first = found(Road.SURVEY, held_data=held, items_asked="校车数量\n班级数\n校车数量")[0]
    assert [(m.start, m.words) for m in first.marks] == [(0, "校车数量"), (9, "校车数量")]


def test_somebody_looked_first():
    assert said(reuse_checked=False) == ["R-SURV-05"]


@pytest.mark.parametrize(
    ("kind", "channel", "codes"),
    [
        ("research", "online", ["R-SURV-07"]),
        ("questionnaire", "online", ["R-SURV-07"]),
        ("form", "online", []),
        ("research", "interview", []),
    ],
)
def test_no_survey_by_net(kind, channel, codes):
    assert said(survey_kind=kind, channel=channel) == codes


@pytest.mark.parametrize(
    ("text", "codes"), [("全体家长", ["R-SURV-08"]), ("学校办公室，不涉及学生和家长", [])]
)
def test_families_are_not_asked_through_teachers(text, codes):
    assert said(respondents=text) == codes


def test_no_proofs_of_what_is_shared():
    assert said(items_asked="教师资格证复印件") == ["R-SURV-09"]
    assert said(items_asked="任教学科（不要求复印件）") == []


def test_an_item_is_asked_once():
    (finding,) = found(Road.SURVEY, items_asked="班级数\n学生数\n2. 班级数")
    assert (finding.rule.code, finding.marks[0].start) == ("R-SURV-10", 11)
