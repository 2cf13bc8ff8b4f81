"""The half year, the overlap, and what the self-check finds: plain values, no database."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianfu.kernel.policy import figure_value
from ledger.rules import secondment as rules
from ledger.states import SecondmentKind, Standing

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def facts(**more: Any) -> dict[str, Any]:
    """A record with nothing wrong with it."""
    start, end = more.get("starts_on", date(2026, 3, 1)), more.get("ends_on", date(2026, 8, 31))
    return {
        "starts_on": start,
        "ends_on": end,
        "returned_on": None,
        "last_day": end,
        "standing": Standing.AWAY,
        "today": date(2026, 6, 1),
        "months": 6,
        "kind": SecondmentKind.TASK_FORCE,
        "extension_reason": "",
        "approving_body": "区委",
        "filing_body": "区委",
        "teacher_consented": True,
        "school_consented": True,
        "overlaps": (),
        "namesakes": (),
        **more,
    }


def codes(found: list[Any]) -> list[str]:
    return [finding.rule.code for finding in found]


@pytest.mark.parametrize(
    ("starts_on", "last"),
    [
        (date(2026, 3, 1), date(2026, 8, 31)),
        (date(2026, 9, 1), date(2027, 2, 28)),
        (date(2027, 9, 1), date(2028, 2, 29)),  # leap February
        (date(2026, 8, 31), date(2027, 2, 27)),  # no 31 February: its last day counts for it
        (date(2026, 8, 29), date(2027, 2, 27)),
        (date(2027, 8, 31), date(2028, 2, 28)),
        (date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 1, 15), date(2026, 7, 14)),
    ],
)
def test_last_allowed_day(starts_on: date, last: date) -> None:
    assert rules.last_allowed_day(starts_on, 6) == last


@given(DAYS)
def test_a_later_start_never_ends_earlier(start: date) -> None:
    following = start + timedelta(days=1)
    assert rules.last_allowed_day(start, 6) <= rules.last_allowed_day(following, 6)


def test_the_last_allowed_day_is_allowed() -> None:
    assert rules.what_blocks(facts(ends_on=date(2026, 8, 31))) == []
    assert rules.what_to_mend(facts(ends_on=date(2026, 8, 31))) == []


def test_the_day_after_is_refused_without_a_word_on_it() -> None:
    found = rules.what_blocks(facts(ends_on=date(2026, 9, 1)))
    assert codes(found) == ["R-BORROW-09"]
    assert "2026年8月31日" in str(found[0])
    assert "武隆区减负台账第13项" in str(found[0])


def test_over_the_limit_is_recorded_with_a_word_and_stays_a_finding() -> None:
    explained = facts(ends_on=date(2026, 9, 1), extension_reason="区委批准续借")
    assert rules.what_blocks(explained) == []
    assert codes(rules.what_to_mend(explained)) == ["R-BORROW-01"]


def test_back_on_the_day_after_the_last_allowed_one_is_in_time() -> None:
    back = facts(ends_on=date(2026, 9, 30), returned_on=date(2026, 9, 1), last_day=date(2026, 8, 31))
    assert rules.what_blocks(back) == []
    assert codes(rules.what_blocks({**back, "returned_on": date(2026, 9, 2)})) == ["R-BORROW-09"]


def test_rotation_is_no_borrowing() -> None:
    rotating = facts(kind=SecondmentKind.ROTATION, ends_on=date(2029, 8, 31), approving_body="")
    assert rules.what_blocks(rotating) == []
    assert rules.what_to_mend(rotating) == []


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        ({"approving_body": ""}, "R-BORROW-03", "未经批准借用"),
        ({"filing_body": ""}, "R-BORROW-04", "备案"),
        ({"standing": Standing.OVERDUE, "ends_on": date(2026, 5, 31)}, "R-BORROW-05", "在编不在岗风险"),
        ({"teacher_consented": False}, "R-BORROW-06", "没有本人同意"),
        ({"teacher_consented": False, "school_consented": False}, "R-BORROW-06", "没有本人和原学校同意"),
        ({"kind": SecondmentKind.VILLAGE}, "R-BORROW-07", "驻村"),
        ({"namesakes": ["借用第3号，长坝中学"]}, "R-BORROW-08", "同名"),
    ],
)
def test_found_by_the_self_check(more: dict[str, Any], code: str, words: str) -> None:
    (finding,) = rules.what_to_mend(facts(**more))
    assert finding.rule.code == code
    assert words in finding.message


def test_at_two_places_at_once_is_refused() -> None:
    (finding,) = rules.what_blocks(facts(overlaps=["借用第3号，区文明办，2026年3月1日起，2026年6月1日到期"]))
    assert finding.rule.code == "R-BORROW-02"
    assert "区文明办" in finding.message


@given(DAYS, st.integers(0, 400), DAYS, st.integers(0, 400))
def test_overlap_means_a_common_day(a: date, a_days: int, b: date, b_days: int) -> None:
    first, second = (a, a + timedelta(a_days)), (b, b + timedelta(b_days))
    days = {a + timedelta(n) for n in range(a_days + 1)} & {b + timedelta(n) for n in range(b_days + 1)}
    assert rules.overlap(first, second) == bool(days)
    assert rules.overlap(first, second) == rules.overlap(second, first)


@pytest.mark.parametrize(
    ("returned_on", "on", "last"),
    [
        (None, date(2026, 6, 1), date(2026, 8, 31)),
        (None, date(2026, 11, 20), date(2026, 11, 20)),  # not back: away until today, whatever the paper says
        (date(2026, 7, 1), date(2026, 11, 20), date(2026, 6, 30)),
        (date(2026, 3, 1), date(2026, 11, 20), date(2026, 3, 1)),
    ],
)
def test_last_day_away(returned_on: date | None, on: date, last: date) -> None:
    assert rules.last_day_away(date(2026, 3, 1), date(2026, 8, 31), returned_on, on) == last


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 2, 28), Standing.PLANNED),
        (date(2026, 3, 1), Standing.AWAY),
        (date(2026, 7, 31), Standing.AWAY),  # 31 days left
        (date(2026, 8, 1), Standing.ENDING),  # 30 days left
        (date(2026, 8, 31), Standing.ENDING),
        (date(2026, 9, 1), Standing.OVERDUE),
    ],
)
def test_standing(on: date, expected: Standing) -> None:
    period = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 8, 31), "returned_on": None}
    assert rules.standing(**period, is_voided=False, on=on) == expected
    assert rules.standing(**period, is_voided=True, on=on) == Standing.VOIDED


@pytest.mark.parametrize(
    ("last", "months"),
    [
        (date(2026, 3, 1), 1),
        (date(2026, 3, 31), 1),
        (date(2026, 4, 1), 2),
        (date(2026, 8, 31), 6),
        (date(2026, 9, 1), 7),
    ],
)
def test_months_spanned(last: date, months: int) -> None:
    assert rules.months_spanned(date(2026, 3, 1), last) == months


@given(DAYS, st.integers(0, 2000))
def test_months_spanned_agrees_with_the_limit(first: date, days: int) -> None:
    last = first + timedelta(days)
    months = rules.months_spanned(first, last)
    assert last <= rules.last_allowed_day(first, months)
    assert months == 1 or last > rules.last_allowed_day(first, months - 1)


@pytest.mark.parametrize(("days", "light"), [(31, "g"), (30, "y"), (0, "y"), (-1, "r")])
def test_days_left(days: int, light: str) -> None:
    assert rules.DaysLeft(date(2026, 8, 31), days).light == light


@pytest.mark.django_db
def test_the_figure_is_dated_and_the_district_may_have_its_own(world: Any) -> None:
    world.district.policy_values.create(
        code="BORROW-MONTHS", value="3", effective_from=date(2026, 9, 1), document="云教发〔2026〕9号"
    )
    assert figure_value(rules.SECONDMENT_MONTHS, world.district.pk, date(2026, 8, 31)) == 6
    assert figure_value(rules.SECONDMENT_MONTHS, world.district.pk, date(2026, 9, 1)) == 3
