"""The school calendar as values: edges of terms and weeks, whom an exam week concerns."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jianfu.kernel.terms import ReservedDays, SchoolCalendar, TermDays, calendar_of

AUTUMN = TermDays("2026年秋季学期", date(2026, 9, 1), date(2027, 1, 22))
SPRING = TermDays("2027年春季学期", date(2027, 2, 22), date(2027, 7, 9))
EXAMS = ReservedDays("exam", "考试周", "期末考试周", date(2027, 1, 11), date(2027, 1, 15))
ONE = ReservedDays("closed", "停课放假", "校庆", date(2026, 10, 20), date(2026, 10, 20), school_id=7)
CALENDAR = calendar_of([SPRING, AUTUMN], [EXAMS, ONE])


def test_both_ends_of_a_term_count():
    assert CALENDAR.term_of(date(2026, 9, 1)) == CALENDAR.term_of(date(2027, 1, 22)) == AUTUMN
    assert CALENDAR.term_of(date(2026, 8, 31)) is CALENDAR.term_of(date(2027, 1, 23)) is None


def test_holidays_lie_between_terms_and_nothing_is_said_beyond():
    assert CALENDAR.is_holiday(date(2027, 2, 1))
    assert not CALENDAR.is_holiday(date(2026, 8, 1))
    assert not CALENDAR.is_holiday(date(2027, 8, 1))
    assert not SchoolCalendar().is_holiday(date(2027, 2, 1))


def test_in_the_holidays_the_next_term_is_meant_and_at_the_end_the_last():
    assert CALENDAR.term_around(date(2027, 2, 1)) == SPRING
    assert CALENDAR.term_around(date(2028, 1, 1)) == SPRING
    assert SchoolCalendar().term_around(date(2027, 2, 1)) is None


def test_a_span_of_one_school_concerns_no_other():
    day = date(2026, 10, 20)
    assert CALENDAR.reserved_on(day, 7) == [ONE]
    assert CALENDAR.reserved_on(day, 8) == CALENDAR.reserved_on(day) == []
    assert CALENDAR.reserved_on(date(2027, 1, 11), 8) == CALENDAR.reserved_on(date(2027, 1, 15)) == [EXAMS]
    assert CALENDAR.reserved_on(date(2027, 1, 16)) == []


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 250), st.integers(0, 250))
def test_every_day_of_a_term_lies_in_the_week_of_its_monday(first, length, ahead):
    term = TermDays("学期", first, first + timedelta(days=length))
    day = first + timedelta(days=min(ahead, length))
    monday = day - timedelta(days=day.weekday())
    assert term.mondays[term.week_of(day) - 1] == monday
    assert term.week_of(first) == 1
    assert term.week_of(term.last_day) == len(term.mondays)
    assert term.week_of(first - timedelta(days=1)) is None
