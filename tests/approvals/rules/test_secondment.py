"""借用教师和短期抽调: both sides of every edge."""

from datetime import date

import pytest

from approvals.rules.secondment import last_day_together
from approvals.states import Road
from tests.approvals.rules.sound import TODAY, found, said

LONG, SHORT = Road.SECONDMENT, Road.SECONDMENT_SHORT


@pytest.mark.parametrize(
    ("starts", "ends", "codes"),
    [
        (date(2027, 3, 1), date(2027, 8, 31), []),
        (date(2027, 3, 1), date(2027, 9, 1), ["R-SEC-01"]),
        (date(2027, 8, 31), date(2028, 2, 28), []),  # 29 February 2028 less a day
        (date(2027, 8, 31), date(2028, 2, 29), ["R-SEC-01"]),
        (date(2027, 9, 1), date(2028, 2, 29), []),
        (date(2027, 9, 1), date(2028, 3, 1), ["R-SEC-01"]),
    ],
)
def test_half_a_year_and_not_a_day_more(starts, ends, codes):
    assert said(LONG, starts_on=starts, ends_on=ends) == codes


def test_the_refusal_names_the_last_day():
    (finding,) = found(LONG, ends_on=date(2027, 9, 1))
    assert finding.blocks
    assert "超过 6 个月。请改为最迟2027年8月31日" in finding.message


BEFORE = [(date(2026, 9, 1), date(2027, 2, 28))]


@pytest.mark.parametrize(
    ("ends", "codes"), [(date(2027, 8, 31), []), (date(2027, 9, 1), ["R-SEC-01", "R-SEC-02"])]
)
def test_twelve_months_together(ends, codes):
    assert said(LONG, ends_on=ends, borrowed_before=BEFORE) == codes


def test_days_back_at_school_do_not_count():
    starts = date(2027, 3, 11)
    assert last_day_together(starts, BEFORE, 12) == date(2027, 9, 10)
    assert last_day_together(starts, [], 12) == date(2028, 3, 10)
    three = [(date(2026, 3, 1), date(2026, 6, 30)), *BEFORE]
    assert last_day_together(date(2027, 3, 1), three, 12) == date(2027, 5, 1)


@pytest.mark.parametrize(
    ("kind", "codes"),
    [("major_task", []), ("conference", ["R-SEC-03"]), ("office_work", ["R-SEC-03"]), ("", [])],
)
def test_only_for_great_tasks(kind, codes):
    assert said(LONG, borrow_kind=kind) == codes


def test_a_head_teacher_is_pointed_out():
    (finding,) = found(LONG, is_head_teacher=True)
    assert (finding.rule.code, finding.blocks) == ("R-SEC-04", False)


@pytest.mark.parametrize("road", [LONG, SHORT])
@pytest.mark.parametrize(("starts", "codes"), [(TODAY, ["R-SEC-05"]), (date(2026, 12, 2), [])])
def test_nobody_goes_before_it_is_granted(road, starts, codes):
    assert said(road, starts_on=starts, ends_on=date(2026, 12, 31)) == codes


def test_work_that_is_no_teachers_work_is_marked():
    (finding,) = found(LONG, content="协助招商接待")
    assert [(m.field, m.start, m.words) for m in finding.marks] == [("content", 2, "招商")]
    assert said(LONG, content="不参与招商、拆迁") == []


@pytest.mark.parametrize(("days", "codes"), [(10, []), (11, ["R-SEC-07"])])
def test_ten_days_at_a_time(days, codes):
    assert said(SHORT, day_count=days) == codes


@pytest.mark.parametrize(("persons", "codes"), [(5, []), (6, ["R-SEC-08"])])
def test_five_persons_at_a_time(persons, codes):
    assert said(SHORT, person_count=persons) == codes


@pytest.mark.parametrize(("days", "codes"), [(3, []), (4, ["R-SEC-09"])])
def test_the_days_fit_between_the_dates(days, codes):
    dates = {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 3, 3)}
    assert said(SHORT, day_count=days, **dates) == codes
