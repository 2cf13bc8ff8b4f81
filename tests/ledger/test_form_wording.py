"""Entries and blanks in words: one place for screen, history and documents."""

from decimal import Decimal

import pytest

from ledger import wording
from ledger.services.filling import EntryInput


def entry(**more: object) -> EntryInput:
    return EntryInput(**{"kind": "held", "name": "整合报表", **more})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "整合报表。"),
        ({"quantity": Decimal("12.00"), "unit": "项"}, "整合报表，12 项。"),
        ({"quantity": Decimal(0)}, "整合报表，0。"),
        ({"ratio": Decimal("22.50")}, "整合报表，占 22.5%。"),
        ({"outcome": "减轻负担"}, "整合报表。减轻负担。"),
        ({"outcome": "减轻负担。"}, "整合报表。减轻负担。"),
        ({"name": "整合报表。"}, "整合报表。"),
        (
            {"quantity": Decimal(1000), "unit": "次", "ratio": Decimal(100), "outcome": "好"},
            "整合报表，1000 次，占 100%。好。",
        ),
    ],
)
def test_an_entry_in_words(given: dict, words: str) -> None:
    assert wording.entry_words(entry(**given)) == words


def test_both_kinds_are_numbered_apart() -> None:
    found = wording.implementation([entry(kind="declined", name="乙"), entry(name="甲"), entry(name="丙")])
    assert found == ("已组织开展：", "1. 甲。", "2. 丙。", "不符合要求而未开展：", "1. 乙。")


def test_nothing_filled_says_nothing() -> None:
    assert wording.implementation([]) == ()


def test_a_sentence_is_cut_at_its_blanks() -> None:
    assert wording.segments("共{I1}项，减少{I8b}项") == [
        "共",
        wording.Hole("I1"),
        "项，减少",
        wording.Hole("I8b"),
        "项",
    ]
    assert wording.segments("") == []


@pytest.mark.parametrize(("number", "words"), [(None, ""), (0, "0"), (18, "18"), (-3, "增加 3")])
def test_a_negative_difference_is_never_clamped(number: int | None, words: str) -> None:
    assert wording.number_words(number) == words


@pytest.mark.parametrize(
    ("sentence", "number", "read"),
    [
        ("事项较上年减少{I2}项。", 3, "事项较上年减少3项。"),
        ("事项较上年减少{I2}项。", 0, "事项较上年减少0项。"),
        ("事项较上年减少{I2}项。", -3, "事项较上年增加3项。"),
        ("事项较上年度减少 {I2} 项。", -3, "事项较上年度减少 增加 3 项。"),
        ("与上年相差{I2}项", -12, "与上年相差增加 12项"),
        ("{I2}项", -1, "增加 1项"),
        ("减少{I1}{I2}项", -2, "减少____增加 2项"),
    ],
)
def test_an_increase_is_read_as_one(sentence: str, number: int, read: str) -> None:
    assert wording.figures(sentence, {"I2": wording.number_words(number)}) == read


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "—"), (0, "0 项"), (5, "5 项"), (-5, "增加 5 项"), ("甲、乙", "“甲、乙”")],
)
def test_a_value_in_words(value: int | str | None, words: str) -> None:
    assert wording.value_words(value, "项") == words


def test_figures_show_an_empty_blank() -> None:
    assert wording.figures("共{I1}项，减少{I2}项", {"I1": "0"}) == "共0项，减少____项"
