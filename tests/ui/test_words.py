from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from jianfu.templatetags import ui_words

EVENING = datetime(2026, 8, 31, 16, 5, tzinfo=UTC)  # in China already the next day


def test_days_and_times_are_those_of_the_place():
    assert ui_words.chinese_date(EVENING) == "2026年9月1日"
    assert ui_words.short_date(date(2026, 9, 1)) == "9月1日"
    assert ui_words.clock(EVENING) == "00:05"
    assert ui_words.chinese_datetime(EVENING) == "2026年9月1日 00:05"
    assert ui_words.moment(EVENING) == "9月1日 00:05"


def test_a_day_without_a_time_shows_none():
    assert ui_words.moment(date(2026, 9, 1)) == "9月1日"
    assert ui_words.chinese_datetime(date(2026, 9, 1)) == "2026年9月1日"
    assert ui_words.moment("限 7月11日") == "限 7月11日"


@pytest.mark.parametrize(
    "shown", [ui_words.chinese_date, ui_words.short_date, ui_words.clock, ui_words.number]
)
def test_nothing_is_a_dash(shown):
    assert shown(None) == "—"


@pytest.mark.parametrize(
    ("start", "end", "year", "words"),
    [
        (date(2026, 9, 1), date(2026, 9, 3), True, "2026年9月1日至9月3日"),
        (date(2026, 9, 1), date(2026, 9, 3), False, "9月1日至9月3日"),
        (date(2026, 9, 1), date(2026, 9, 1), True, "2026年9月1日"),
        (date(2026, 9, 1), None, False, "9月1日"),
        (date(2026, 12, 30), date(2027, 1, 2), False, "12月30日至次年1月2日"),
        (date(2026, 12, 30), date(2027, 1, 2), True, "2026年12月30日至2027年1月2日"),
        (date(2026, 9, 1), date(2028, 1, 2), False, "2026年9月1日至2028年1月2日"),
        (None, date(2026, 9, 1), True, "—"),
    ],
)
def test_a_span_of_days(start, end, year, words):
    assert ui_words.date_span(start, end, year=year) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (2000, "2,000"),
        (Decimal("0.50"), "0.5"),
        (Decimal("100.00"), "100"),
        (Decimal("1E+3"), "1,000"),
        ("约 20", "约 20"),
    ],
)
def test_numbers(value, words):
    assert ui_words.number(value) == words


def test_nothing_counted_is_not_nothing():
    assert ui_words.or_dash(0) == 0
    assert ui_words.or_dash("") == "—"
    assert ui_words.or_blank(None) == "未填"


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 KB"), (412 * 1024, "412 KB"), (1_572_864, "1.5 MB"), (None, "—")]
)
def test_sizes_of_files(size, words):
    assert ui_words.file_size(size) == words
