"""Every rule and every number: cited, dated, switchable."""

import pytest

from approvals.rules import RULES_OF
from jianfu.kernel.policy import FIGURES, examine
from tests.approvals.rules.sound import facts

RULES = sorted(
    {rule.code: rule for rules in RULES_OF.values() for rule in rules}.values(), key=lambda r: r.code
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_cited_and_a_district_may_switch_it(rule):
    switch = FIGURES[rule.switch]
    assert rule.clause
    assert rule.title
    assert (switch.value, switch.choices) == (rule.severity.label, ("拦截", "提示", "不查"))
    assert switch.effective_from.year >= 2021


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_number_is_a_figure_with_its_paper(rule):
    for figure in rule.figures:
        assert FIGURES[figure.code] is figure
        assert figure.document
        assert figure.clause


def test_what_was_not_read_in_the_paper_itself_is_marked_so():
    """教师厅〔2025〕2号 is known from summaries only: 待核实, and never a reason to refuse."""
    unverified = [rule for rule in RULES if not FIGURES[rule.switch].verified]
    assert {rule.code for rule in unverified} >= {"R-CAM-24", "R-CAM-26", "R-INSP-02"}
    for figure in FIGURES.values():
        assert "教师厅〔2025〕2号" not in figure.document or not figure.verified
    assert [r.code for r in unverified if r.severity == "block"] == []


@pytest.mark.parametrize("road", sorted(RULES_OF))
def test_a_form_that_was_just_opened_is_examined_without_complaint_about_its_emptiness(road):
    """No check trips over what is not filled yet."""
    empty = dict.fromkeys(facts(road)) | {
        "criteria": {},
        "today": facts(road)["today"],
        "applied_on": facts(road)["today"],
        "year": 2026,
    }
    assert isinstance(examine(RULES_OF[road], empty), list)
