from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianfu.kernel import dates

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 1), 6, date(2026, 9, 1)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day, months, expected):
    assert dates.add_months(day, months) == expected


@given(DAYS, st.integers(0, 60))
def test_later_days_never_overtake(day, months):
    following = day if day == date(2100, 12, 31) else date.fromordinal(day.toordinal() + 1)
    assert dates.add_months(day, months) <= dates.add_months(following, months)


@pytest.mark.parametrize(
    "text",
    ["2026-9-1", "2026.9.1", "2026/09/01", "20260901", "2026年9月1日", " ２０２６．９．１ ", "2026年9月1"],
)
def test_the_ways_offices_write_a_day(text):
    assert dates.parse_date(text) == date(2026, 9, 1)


@pytest.mark.parametrize(
    "text", ["", "2026-2-30", "2026-13-1", "26-9-1", "9月1日", "2026-9-1x", "\x00", "20260931"]
)
def test_what_is_no_day(text):
    assert dates.parse_date(text) is None


@given(DAYS)
def test_printed_days_are_read_back(day):
    assert dates.parse_date(dates.chinese_date(day)) == day


def test_no_leading_zeros_and_the_weekday():
    assert dates.chinese_date(date(2026, 9, 1)) == "2026年9月1日"
    assert dates.chinese_weekday(date(2026, 11, 22)) == "星期日"


def test_the_day_can_be_pinned(settings):
    settings.JIANFU_TODAY = date(2026, 2, 28)
    assert dates.today() == date(2026, 2, 28)
    assert dates.now().tzinfo is not None
