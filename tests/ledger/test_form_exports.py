"""The exports are the form: columns, groups and words of the source, blanks filled, nothing else."""

import io
import json
from typing import Any

import pytest
from django.conf import settings
from openpyxl import load_workbook
from pypdf import PdfReader

from jianfu.kernel.documents.form import EMPTY_BLANK
from ledger.exports import form as exports
from ledger.services.filling import BlankInput, EntryInput, save_row
from tests.factories import World
from tests.ledger.forms import DECLINED, FILL_BY, HELD, clerk, opened, row_of

SOURCE = json.loads((settings.BASE_DIR / "fixtures/templates/wulong-000.json").read_text("utf-8"))


@pytest.fixture
def ledger(world: World) -> Any:
    ledger = opened(world)
    blanks = {"I8a": BlankInput(12), "I8b": BlankInput(-3)}
    save_row(row=row_of(ledger, 8), by=clerk(world), entries=[HELD, DECLINED], blanks=blanks)
    return ledger


def test_groups_and_official_words_are_verbatim(ledger: Any) -> None:
    form = exports.official_form(ledger, FILL_BY)
    assert form.title == "云岭区中小学教师减负工作重点任务台账"
    assert [column.heading for column in form.columns] == SOURCE["columns"]
    assert [(group.subject, len(group.rows)) for group in form.groups] == [
        (group["title"], len(group["rows"])) for group in SOURCE["groups"]
    ]
    rows = [row for group in SOURCE["groups"] for row in group["rows"]]
    for source, row in zip(rows, form.rows, strict=True):
        assert (row.task, row.requirement) == (source["task"], source["requirement"])
        assert row.sections == source["sections_text"]


def test_blanks_stand_in_their_sentence(ledger: Any) -> None:
    rows = exports.official_form(ledger, FILL_BY).rows
    assert rows[7].text("figures") == "本年度各类“进校园”活动数量12项，较上年度增加3项。"
    assert rows[0].text("figures") == f"本年度公布的督查检查评比考核事项共{EMPTY_BLANK}项。"
    assert rows[4].text("figures") == ""


def test_entries_are_paragraphs(ledger: Any) -> None:
    words = exports.official_form(ledger, FILL_BY).rows[7].implementation
    assert words[0] == "已组织开展："
    assert words[1].startswith("1. 统筹进校园活动，12 项，占 50%。")


def test_an_open_year_is_a_draft(ledger: Any) -> None:
    assert exports.official_form(ledger, FILL_BY).state == "草稿"


def test_the_workbook_has_the_form_and_runs_no_formula(world: World, ledger: Any) -> None:
    evil = EntryInput(kind="held", name="=HYPERLINK(1)", outcome="@SUM(A1)")
    save_row(row=row_of(ledger, 9), by=clerk(world), entries=[evil])
    book = load_workbook(io.BytesIO(exports.render(ledger, "xlsx", FILL_BY)))
    page = book.active
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert len(book.worksheets) == 1
    assert not [cell for cell in cells if cell.data_type == "f"]
    words = {str(cell.value) for cell in cells}
    assert {row["requirement"] for group in SOURCE["groups"] for row in group["rows"]} <= words
    assert any("=HYPERLINK(1)" in text for text in words)


def test_the_printed_form_can_be_read(ledger: Any) -> None:
    pages = PdfReader(io.BytesIO(exports.render(ledger, "pdf", FILL_BY))).pages
    text = "".join(page.extract_text() for page in pages).replace("\n", "")
    assert "统筹规范抽调借用中小学教师事宜" in text
    assert len(pages) >= 3


def test_the_same_form_gives_the_same_bytes(ledger: Any) -> None:
    assert exports.render(ledger, "xlsx", FILL_BY) == exports.render(ledger, "xlsx", FILL_BY)


def test_the_file_is_named_as_offices_do(ledger: Any) -> None:
    assert exports.file_name(ledger, "pdf") == "云岭区中小学教师减负工作重点任务台账（2026年）.pdf"
