"""What must be filled on each road."""

import pytest

from approvals.rules import REQUIRED_OF, missing
from approvals.states import CAMPUS, Road
from tests.approvals.rules.sound import facts


@pytest.mark.parametrize("road", Road)
def test_what_is_empty_is_missing_and_nothing_else(road):
    full = facts(road)
    assert missing(full, road) == {}
    for name, words in REQUIRED_OF[road].items():
        assert missing({**full, name: ""}, road) == {name: words}


@pytest.mark.parametrize("empty", [None, "", []])
def test_nothing_has_three_shapes(empty):
    assert missing(facts(stages=empty)) == {"stages": "选择学段"}


@pytest.mark.parametrize("answer", [0, False])
def test_nought_and_no_are_answers(answer):
    assert missing(facts(class_hours=answer, charges_fee=answer)) == {}


def test_what_lies_outside_the_plan_says_why_and_how():
    """R53: a single matter cannot bring its plan a month before, so the plan is part of it."""
    for road in CAMPUS:
        assert ({"plan", "off_plan_reason"} <= set(REQUIRED_OF[road])) is (
            road in {Road.CAMPUS_SINGLE, Road.CAMPUS_URGENT}
        )
    assert "exemption" in REQUIRED_OF[Road.CAMPUS_EXEMPT]
