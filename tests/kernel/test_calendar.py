from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianfu.kernel.calendar import WorkCalendar

# 2026: 国庆 1–7 October off, Saturday 10 October worked.
NATIONAL_DAY = WorkCalendar({**{date(2026, 10, d): False for d in range(1, 8)}, date(2026, 10, 10): True})
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def test_a_holiday_does_not_count_and_a_worked_saturday_does():
    assert NATIONAL_DAY.add(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert NATIONAL_DAY.add(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert NATIONAL_DAY.between(date(2026, 9, 30), date(2026, 10, 11)) == 3


@given(DAYS, st.integers(0, 40))
def test_adding_and_counting_agree(day, count):
    assert NATIONAL_DAY.between(day, NATIONAL_DAY.add(day, count)) == count


@given(DAYS, DAYS)
def test_counting_backwards_is_negative(one, other):
    assert NATIONAL_DAY.between(one, other) == -NATIONAL_DAY.between(other, one)


@pytest.mark.parametrize(
    ("due", "today", "light", "words"),
    [
        (date(2026, 7, 10), date(2026, 7, 7), "g", "剩 3 天"),
        (date(2026, 7, 9), date(2026, 7, 7), "y", "剩 2 天"),
        (date(2026, 7, 7), date(2026, 7, 7), "y", "今天到期"),
        (date(2026, 7, 6), date(2026, 7, 7), "r", "超期 1 天"),
        (date(2026, 7, 3), date(2026, 7, 4), "r", "超期 1 天"),  # Friday's matter on Saturday
        (date(2026, 7, 3), date(2026, 7, 6), "r", "超期 1 天"),
    ],
)
def test_the_light_and_its_words(due, today, light, words):
    remaining = WorkCalendar().remaining(due, today)
    assert (remaining.light, remaining.words) == (light, words)


def test_the_week_without_a_table():
    monday = date(2026, 11, 16)
    assert [WorkCalendar().is_workday(monday + timedelta(days=n)) for n in range(7)] == [True] * 5 + [
        False
    ] * 2
