"""read_document_number: what offices type, and what is kept (R122, GB/T 9704 7.2.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianfu.kernel.document_numbers import read_document_number


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("宁党办[2021]8号", "宁党办〔2021〕8号"),
        ("厅字[2019]54号", "厅字〔2019〕54号"),
        ("渝委教发〔2024〕5号", "渝委教发〔2024〕5号"),
        ("渑教领秘〔2025〕01号", "渑教领秘〔2025〕1号"),
        ("云教（2026）第12号", "云教〔2026〕12号"),
        ("云教 【２０２６】 ０１２ 号", "云教〔2026〕12号"),
        ("云教(2026)12", "云教〔2026〕12号"),
        ("云教﹝2026年﹞12号", "云教〔2026〕12号"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_brought_into_form(typed: str, kept: str) -> None:
    assert read_document_number(typed).text == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("渑教领秘〔2025〕01号", "“01号”已改为“1号”"),
        ("云教〔26〕1号", "要写全四位"),
        ("云教〔9999〕1号", "要写全四位"),
        ("〔2026〕1号", "缺少机关代字"),
        ("口头同意", "不像文号"),
        ("渝委教发〔20245号", "不像文号"),  # the damaged number of 004 is never guessed
    ],
)
def test_warned(typed: str, words: str) -> None:
    assert any(words in warning for warning in read_document_number(typed).warnings)


def test_a_good_number_is_not_warned_about() -> None:
    assert read_document_number("渝委教发〔2024〕5号").warnings == ()


def test_what_is_no_number_is_kept() -> None:
    assert read_document_number("区委常委会 2026年第3次会议").text == "区委常委会2026年第3次会议"


@given(st.text(max_size=40))
def test_reading_again_changes_nothing(typed: str) -> None:
    kept = read_document_number(typed).text
    assert read_document_number(kept).text == kept
