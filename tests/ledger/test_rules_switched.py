"""How hard the ledger's rules judge is the district's to say: 拦截, 提示 or 不查, from a day on."""

from __future__ import annotations

from datetime import date

import pytest

from jianfu.kernel.decisions import Refused
from jianfu.kernel.policy import FIGURES
from ledger.models import Secondment
from ledger.rules import form, secondment
from ledger.selectors import figures
from ledger.selectors import secondment as selectors
from ledger.services.filling import report_row
from tests.factories import World
from tests.ledger.forms import clerk, filled, opened, row_of
from tests.ledger.secondments import TODAY, borrow, give_back

RULES = [*form.CHECKS, *secondment.BEFORE_SAVING, *secondment.ON_A_RECORD]


def switch(world: World, code: str, value: str, since: date = date(2026, 1, 1)) -> None:
    world.district.policy_values.create(
        code=f"{code}-SEVERITY", value=value, effective_from=since, document="云教发〔2026〕1号"
    )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_a_figure_with_its_paper(rule) -> None:
    known = FIGURES[rule.switch]
    assert (known.value, known.choices) == (rule.severity.label, ("拦截", "提示", "不查"))
    assert known.document
    assert len({each.code for each in RULES}) == len(RULES)


@pytest.mark.parametrize("code", ["R-BORROW-03", "R-BORROW-04", "R-BORROW-06", "R-BORROW-07"])
def test_what_the_self_check_only_finds_may_keep_from_entering(
    world: World, stopped_clock: None, code: str
) -> None:
    wrong = {"approving_body": "", "filing_body": "", "teacher_consented": False, "kind": "village"}
    borrow(world, name="江月", **wrong)
    switch(world, code, "拦截")
    with pytest.raises(Refused, match=code):
        borrow(world, **wrong)
    assert Secondment.objects.count() == 1


def test_that_a_teacher_is_back_is_recorded_all_the_same(world: World, stopped_clock: None) -> None:
    record = borrow(world, approving_body="")
    switch(world, "R-BORROW-03", "拦截")
    assert give_back(world, record, date(2026, 11, 1)).returned_on == date(2026, 11, 1)


def test_what_blocks_may_be_a_finding_and_a_finding_may_be_dropped(world: World, stopped_clock: None) -> None:
    first = borrow(world, approving_body="")
    with pytest.raises(Refused, match="R-BORROW-02"):
        borrow(world)
    switch(world, "R-BORROW-02", "提示")
    switch(world, "R-BORROW-03", "不查")
    second = borrow(world)
    assert [str(each.severity) for each in selectors.to_mend(second, TODAY)] == ["warn"]
    assert [each.rule.code for each in selectors.to_mend(first, TODAY)] == ["R-BORROW-02"]


def test_the_day_before_it_holds_nothing_changes(world: World, stopped_clock: None) -> None:
    switch(world, "R-BORROW-03", "拦截", since=date(2026, 11, 21))
    assert borrow(world, approving_body="")


FORMS = {"I10a": 46, "I10b": 12, "I10c": 31, "I10d": 4}


@pytest.mark.parametrize(
    ("value", "said", "refused"), [("提示", 1, False), ("不查", 0, False), ("拦截", 1, True)]
)
def test_a_doubt_about_figures_stops_a_row_only_where_the_district_says_so(
    world: World, value: str, said: int, refused: bool
) -> None:
    row = filled(row_of(opened(world), 10), clerk(world))  # 5 in all, of which 5, 5 and 5
    switch(world, "R-LED-10", value)
    this = figures.this_year(row.ledger)
    assert len(figures.findings(row.ledger, FORMS, this, {})) == said
    if refused:
        with pytest.raises(Refused, match="R-LED-10"):
            report_row(row=row, by=clerk(world))
    else:
        assert report_row(row=row, by=clerk(world)).state == "submitted"
