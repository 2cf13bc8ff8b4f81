"""频次 as departments write it: read for certain, or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvals.frequency import MOST, rounds

AUTUMN = (date(2026, 9, 7), date(2026, 11, 20))
SPRING = (date(2027, 3, 1), date(2027, 5, 31))
WHOLE = (date(2026, 9, 1), date(2027, 6, 30))


@pytest.mark.parametrize(
    ("text", "days", "found"),
    [
        ("每学期1次", AUTUMN, 1),
        ("每校每学期 2 次", WHOLE, 4),
        ("每校每学期2次", (date(2027, 1, 10), date(2027, 1, 15)), 2),  # January is still autumn
        ("每月2次", SPRING, 6),
        ("每月１次。", (date(2026, 11, 30), date(2027, 1, 4)), 3),
        ("全年共3场", WHOLE, 3),
        ("每周一次", (date(2026, 9, 7), date(2026, 9, 27)), 3),
        ("每周一次", (date(2026, 9, 13), date(2026, 9, 14)), 2),  # a Sunday and the Monday after it
        ("每学年十二次", WHOLE, 12),
        ("每年二十次", WHOLE, 20),
        ("每校两场", AUTUMN, 2),
        ("3场次", (None, None), 3),
    ],
)
def test_what_is_read(text, days, found):
    assert rounds(text, *days) == found


@pytest.mark.parametrize(
    "text",
    [
        "", "若干次", "不超过2次", "学校自选，每学年1次", "每校每学年1次，寄宿制学校另增1次",
        "1-2次", "1至2次", "每周一1次",
        "每两周1次", "隔周一次", "每班1次", "每生每学年1次", "每天1次", "0次", "100次",
        "每学期1-2次", "约3次", "一十次", "每学年1",
    ],
)  # fmt: skip
def test_what_leaves_a_doubt_is_not_read(text):
    assert rounds(text, *AUTUMN) is None


@pytest.mark.parametrize("each", ["每月", "每周"])
@pytest.mark.parametrize(
    "days",
    [
        WHOLE,  # the winter holidays lie between
        (date(2027, 7, 1), date(2027, 8, 20)),
        (date(2026, 9, 1), None),
        (date(2026, 9, 2), date(2026, 9, 1)),
    ],
)
def test_a_rhythm_without_the_days_of_one_term_is_not_read(each, days):
    assert rounds(f"{each}1次", *days) is None


EACH = st.sampled_from(["", "每学期", "每学年", "每年", "全年", "每月", "每周"])
DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))


@given(EACH, st.integers(1, 19), st.sampled_from(["次", "场"]), DAYS, st.integers(0, 400))
def test_ten_times_as_often_is_never_less(each, number, unit, first, span):
    """A number reads in proportion to the same words with 1, whatever the days; or not at all."""
    last = first + timedelta(days=span)
    once, found = rounds(f"{each}1{unit}", first, last), rounds(f"{each}{number}{unit}", first, last)
    if once is None:
        assert found is None
    else:
        assert found == (number * once if number * once <= MOST else None)


NUMERALS = "一二三四五六七八九十"


@given(EACH, st.integers(1, 10), DAYS, st.integers(0, 400))
def test_digits_and_numerals_read_alike(each, number, first, span):
    last = first + timedelta(days=span)
    written = [f"{number}", chr(0xFF10 + number) if number < 10 else "１０", NUMERALS[number - 1]]
    assert len({rounds(f"{each}{each_way}次", first, last) for each_way in written}) == 1


@given(st.text(max_size=50), DAYS, DAYS)
def test_whatever_is_written_nothing_breaks_and_nothing_is_negative(text, first, last):
    found = rounds(text, first, last)
    assert found is None or 1 <= found <= MOST


@given(st.sampled_from(["约", "不少于", "最多", "自选"]), EACH, st.integers(1, 9))
def test_a_word_in_front_makes_it_unread(word, each, number):
    assert rounds(f"{word}{each}{number}次", *AUTUMN) is None
