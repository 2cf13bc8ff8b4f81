"""Sessions as clerks type and paste them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from whitelist.reading_sessions import read_day, read_days, read_rows, read_times

TODAY, STARTS = date(2026, 11, 22), date(2026, 10, 12)
SCHOOLS = [
    SimpleNamespace(name="云岭区第一实验小学", short_name="实验一小", aliases="一小、实小"),
    SimpleNamespace(name="区二初", short_name="", aliases=""),
]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12月7日", date(2026, 12, 7)),
        ("12.7", date(2026, 12, 7)),
        ("１２月７日", date(2026, 12, 7)),
        ("1月8日", date(2027, 1, 8)),
        ("11月22日", date(2026, 11, 22)),
        ("11月21日", date(2027, 11, 21)),
        ("2026-12-07", date(2026, 12, 7)),
        ("2月30日", None),
        ("下周一", None),
    ],
)
def test_days_without_a_year_are_the_next_ones(text, day):
    assert read_day(text, STARTS, TODAY) == day


def test_several_days_each_once():
    days = read_days("12月7日、12月9日，12月7日\n12月10日", STARTS, TODAY)
    assert days == [date(2026, 12, 7), date(2026, 12, 9), date(2026, 12, 10)]
    with pytest.raises(ValidationError, match="“下周”不是日期"):
        read_days("12月7日、下周", STARTS, TODAY)


@pytest.mark.parametrize("text", ["14:00-14:40", "14：00—14：40", "14时00分至14时40分", "14点-14点40分"])
def test_times_as_they_are_written(text):
    assert read_times(text) == (time(14), time(14, 40))


@pytest.mark.parametrize("text", ["", "14:00", "25:00-26:00", "14:40-14:00", "14:00-14:00", "下午"])
def test_times_that_are_none(text):
    with pytest.raises(ValidationError):
        read_times(text)


def test_rows_of_a_sheet_with_its_heading():
    rows, problems = read_rows(
        "学校\t日期\t时间\t年级\t学生人数\n一小\t12月7日\t14:00-14:40\t四年级\t１８０人\t2\t0.5\n\n"
        "区二初\t2026.12.9\t9:00-9:40\n",
        SCHOOLS,
        STARTS,
        TODAY,
    )
    assert problems == []
    assert [(row["school"].name, row["day"], row["begins"]) for row in rows] == [
        ("云岭区第一实验小学", date(2026, 12, 7), time(14)),
        ("区二初", date(2026, 12, 9), time(9)),
    ]
    assert (rows[0]["students"], rows[0]["teacher_count"], rows[0]["class_hours"]) == (180, 2, Decimal("0.5"))
    assert (rows[1]["students"], rows[1]["teacher_count"], rows[1]["class_hours"]) == (None, 0, Decimal(0))


def test_every_wrong_line_is_told_by_its_number():
    text = "某校\t12月7日\t14:00-14:40\n一小\t某天\t14:00-14:40\n一小\t12月7日\t14:00-14:40\t四\t很多"
    rows, problems = read_rows(text, SCHOOLS, STARTS, TODAY)
    assert rows == []
    assert [words[:6] for words in problems] == ["第 1 行：", "第 2 行：", "第 3 行："]
    assert read_rows("一小\n" * 401, SCHOOLS, STARTS, TODAY)[1][0].startswith("一次最多粘贴 400 行")
    assert read_rows("\n \n", SCHOOLS, STARTS, TODAY)[1]
