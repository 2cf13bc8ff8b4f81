"""The yearly plan as a whole: the last day and the day after, the target and one item more."""

from datetime import date

import pytest

from approvals.reduction import Reduction
from approvals.rules import PLAN_AS_A_WHOLE
from jianfu.kernel.dates import day_of, read_day
from jianfu.kernel.policy import FIGURES, examine

GOOD = {
    "year": 2026,
    "today": date(2026, 5, 1),
    "sent_on": None,
    "open_past": 0,
    "cleaned_on": date(2026, 4, 1),
    "listed_past": 10,
    "reduction": Reduction(10, 5, 50),
}


def found(**changed):
    return {f.rule.code: f.message for f in examine(PLAN_AS_A_WHOLE, {**GOOD, **changed})}


def test_nothing_is_said_of_a_good_plan():
    assert found() == {}


@pytest.mark.parametrize(
    ("changed", "late"),
    [
        ({"today": date(2026, 5, 15)}, False),
        ({"today": date(2026, 5, 16)}, True),
        ({"today": date(2026, 8, 1), "sent_on": date(2026, 5, 15)}, False),
        ({"today": date(2026, 8, 1), "sent_on": date(2026, 5, 16)}, True),
    ],
)
def test_the_day_of_sending(changed, late):
    assert ("R-PLAN-01" in found(**changed)) is late


@pytest.mark.parametrize(
    ("changed", "late"),
    [
        ({"today": date(2026, 6, 15), "open_past": 3}, False),
        ({"today": date(2026, 6, 16), "open_past": 3}, True),
        ({"today": date(2026, 8, 1), "cleaned_on": date(2026, 6, 15)}, False),
        ({"today": date(2026, 8, 1), "cleaned_on": date(2026, 6, 16)}, True),
        ({"today": date(2026, 8, 1), "cleaned_on": None}, False),
    ],
)
def test_the_day_of_the_clean_up(changed, late):
    assert ("R-PLAN-02" in found(sent_on=date(2026, 5, 1), **changed)) is late


def test_the_target_says_how_many_more():
    words = found(reduction=Reduction(10, 7, 50))["R-PLAN-03"]
    assert words == "本年 7 项，上年 10 项，减少 3 项（30%）。要减少 50%，本年最多 5 项，还须再减 2 项"


def test_a_list_that_grew():
    assert "R-PLAN-04" not in found(reduction=Reduction(10, 10, 50))
    assert "比上年多 1 项" in found(reduction=Reduction(10, 11, 50))["R-PLAN-04"]


def test_nothing_to_compare_with():
    assert set(found(reduction=Reduction(None, 5, 50), listed_past=0)) == {"R-PLAN-05"}


def test_the_two_ways_to_count_last_year():
    assert "24 项，逐项列出的是 10 项" in found(reduction=Reduction(24, 5, 50))["R-PLAN-06"]
    assert "R-PLAN-06" not in found(reduction=Reduction(24, 5, 50), listed_past=0)


@pytest.mark.parametrize("text", ["5月32日", "13月1日", "2月29日", "五月", "", "5-15"])
def test_a_day_of_no_year_is_refused(text):
    with pytest.raises(ValueError, match="填写月日，如 5月15日"):
        FIGURES["INSP-PLAN-BY"].of_text(text)


def test_a_day_is_read_as_offices_write_it():
    assert FIGURES["INSP-PLAN-BY"].of_text(" 04月9日 ") == "4月9日"
    assert day_of(read_day("12月31日"), 2027) == date(2027, 12, 31)


def test_every_rule_is_cited_and_may_be_switched():
    for rule in PLAN_AS_A_WHOLE:
        assert rule.clause
        assert FIGURES[rule.switch].choices
