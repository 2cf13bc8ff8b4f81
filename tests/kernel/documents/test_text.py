"""Text on its way into a document: same words, nothing that runs."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from jianfu.kernel.documents.sheet import new_workbook, saved, write_text
from jianfu.kernel.documents.text import (
    CELL_LIMIT,
    DocumentTooLarge,
    printable,
    reads_like_formula,
    safe_cell,
    safe_csv,
)
from tests.kernel.documents.samples import DAY

DANGEROUS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "  =1+1",
    "\u3000=1+1",
    "\u200b=1+1",
    '\ufeff=HYPERLINK("http://example.com","点我")',
    "\n=1+1",
    "\x00=1+1",
    "=cmd|' /C calc'!A0",
]


def read_back(text: str) -> tuple[object, str, bool]:
    """What a reader finds in the cell: value, type, the flag that keeps it text after editing."""
    book = new_workbook(name="表", title="表", author="", made_on=DAY)
    write_text(book.active["A1"], text)
    cell = load_workbook(io.BytesIO(saved(book, DAY))).active["A1"]
    return cell.value, cell.data_type, bool(cell.quotePrefix)


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_reads_like_a_formula_is_stored_as_marked_text(text: str) -> None:
    value, kind, quoted = read_back(text)
    assert (value, kind, quoted) == (printable(text), "s", True)


@pytest.mark.parametrize("text", ["2026年", "1.减负", "（一）=", "#N/A", "TRUE", "0012", "a@b", "—1"])
def test_what_cannot_run_is_stored_as_plain_text(text: str) -> None:
    assert read_back(text) == (text, "s", False)


@given(st.text(st.characters(exclude_categories=())))
@example("\ud800=1")
@example("_x0041_")
@example("a\x0bb\x85c\u2028d")
@example("\U000e0041\ufffe\ufdd0")
def test_every_text_is_read_back_as_the_same_visible_words(text: str) -> None:
    value, kind, quoted = read_back(text)
    assert unescape(value or "") == printable(text)
    assert kind == ("s" if value else "n")
    assert bool(value) is False or quoted == reads_like_formula(text)


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn"))))
def test_printable_words_are_not_touched(text: str) -> None:
    assert printable(text) == text


@given(st.text(st.characters(exclude_categories=())))
def test_a_csv_field_never_begins_like_a_formula(text: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow([safe_csv(text)])
    (field,) = next(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert not reads_like_formula(field)
    assert field.removeprefix("'" if reads_like_formula(text) else "") == printable(text)


def test_control_characters_bom_and_lone_surrogates_go_and_line_ends_stay() -> None:
    assert printable("甲\x00乙\ufeff\ud800丙\u202e\r\n丁\r戊\t己") == "甲乙丙\n丁\n戊 己"


def test_rare_characters_and_joiners_stay() -> None:
    assert printable("𬭎䶮喆\u200d\U000e0100") == "𬭎䶮喆\u200d\U000e0100"


def test_the_last_text_that_fits_and_the_first_that_does_not() -> None:
    assert safe_cell("字" * CELL_LIMIT) == "字" * CELL_LIMIT
    with pytest.raises(DocumentTooLarge, match="32,768 字，超过 Excel 每格 32,767 字的上限"):
        safe_cell("字" * (CELL_LIMIT + 1))


def test_a_rare_character_counts_twice_as_excel_counts_it() -> None:
    safe_cell("𬭎" * (CELL_LIMIT // 2))
    with pytest.raises(DocumentTooLarge):
        safe_cell("𬭎" * (CELL_LIMIT // 2 + 1))
