"""Numbers, days and choices out of single cells."""

import contextlib
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianfu.kernel.documents.reading import Cell, values
from jianfu.kernel.documents.reading.cells import DATE, ERROR, NUMBER, PERCENT, TEXT
from jianfu.kernel.documents.reading.values import Unreadable


def text(value: str) -> Cell:
    return Cell(7, 5, TEXT, value)


def number(value: str, kind: str = NUMBER) -> Cell:
    return Cell(7, 5, kind, Decimal(value))


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (None, None),
        (text("  "), None),
        (number("18"), 18),
        (text("18"), 18),
        (text("１８"), 18),
        (text(" 18项 "), 18),
        (text("18 项"), 18),
        (text("1,200项"), 1200),
        (number("0"), 0),
    ],
)
def test_whole_numbers(cell: Cell | None, found: int | None) -> None:
    assert values.whole(cell, unit="项") == found


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (text("无"), "没有就填 0"),
        (text("/"), "没有就填 0"),
        (text("—"), "没有就填 0"),
        (text("18人"), "单位是“项”"),
        (text("50%"), "单位是“项”"),
        (text("约18"), "要填数字"),
        (text("十八"), "要填数字"),
        (text("18、20"), "要填数字"),
        (text("1,20"), "要填数字"),
        (number("18.5"), "整数"),
        (number("-1"), "不能小于 0"),
        (number("99999999999"), "不能大于"),
        (number("50", PERCENT), "百分数"),
        (Cell(7, 5, NUMBER, Decimal(18), formula=True), "公式"),
        (Cell(7, 5, TEXT, "", formula=True), "公式"),
        (Cell(7, 5, ERROR, "#REF!"), "#REF!"),
        (Cell(7, 5, DATE, date(2026, 9, 1)), "要填数字"),
    ],
)
def test_what_is_no_whole_number(cell: Cell, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        values.whole(cell, unit="项")


def test_a_unit_needs_one_to_agree_with() -> None:
    with pytest.raises(Unreadable, match="只填数字"):
        values.whole(text("18项"))


def test_per_cent() -> None:
    for cell in (number("50"), number("50", PERCENT), text("50%"), text("５０％")):
        assert values.decimal(cell, unit="%", most=100) == 50
    with pytest.raises(Unreadable, match="不能大于 100"):
        values.decimal(text("120%"), unit="%", most=100)
    with pytest.raises(Unreadable, match="2 位小数"):
        values.decimal(number("33.333"), unit="%")


@pytest.mark.parametrize(
    "cell",
    [
        text("2026年9月1日"),
        text("2026.9.1"),
        text("20260901"),
        number("20260901"),
        Cell(1, 1, DATE, date(2026, 9, 1)),
    ],
)
def test_days(cell: Cell) -> None:
    assert values.day(cell) == date(2026, 9, 1)


@pytest.mark.parametrize(
    "cell",
    [
        number("46266"),
        text("9月1日"),
        text("2026年"),
        text("2024年820日"),
        text("2026-02-30"),
        Cell(1, 1, DATE, datetime.fromisoformat("2026-09-01T08:00")),
        Cell(1, 1, DATE, date(1900, 1, 1)),
    ],
)
def test_what_is_no_day(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        values.day(cell)
    assert values.day(None) is None


def test_choices() -> None:
    kinds = {"held": "已组织开展", "declined": "不符合要求而未开展"}
    assert values.choice(text(" 已组织开展 "), kinds) == "held"
    assert values.choice(text(""), kinds) is None
    with pytest.raises(Unreadable, match="只能选：已组织开展、不符合要求而未开展"):
        values.choice(text("开展"), kinds)


def test_words() -> None:
    assert values.words(text(" 甲 ")) == "甲"
    assert values.words(number("3.50")) == "3.5"
    assert values.words(None) == ""
    with pytest.raises(Unreadable, match="有 3 字，最多 2 字"):
        values.words(text("一二三"), most=2)
    with pytest.raises(Unreadable, match="字符"):
        values.words(text("a\x00b"))


@given(st.integers(0, 999_999_999))
def test_a_number_is_read_as_it_is_however_it_is_written(number_: int) -> None:
    wide = str(number_).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    for written in (str(number_), f"{number_:,}", wide, f"{number_} 项"):
        assert values.whole(text(written), unit="项") == number_


@given(st.text(max_size=12))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    for read in (values.whole, values.decimal, values.day):
        with contextlib.suppress(Unreadable):
            read(text(typed))
