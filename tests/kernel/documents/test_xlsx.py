"""The official form as a workbook, read back as a person's program reads it."""

import io
import re
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from jianfu.kernel.documents import xlsx
from jianfu.kernel.documents.form import EMPTY_BLANK, FormGroup, FormRow, sentence
from jianfu.kernel.documents.text import DocumentTooLarge
from tests.kernel.documents.samples import DECLINED, DONE, form, template, values


def part(data: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data), rich_text=False)


@pytest.fixture(scope="module")
def page() -> Worksheet:
    return opened(xlsx.render_form(form())).active


def cells(page: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=4, max_row=17)]


def test_the_merged_ranges_are_the_groups(page: Worksheet) -> None:
    subject = {str(r) for r in page.merged_cells.ranges if r.min_col == 2 and r.max_col == 2}
    assert subject == {"B4:B6", "B7:B12", "B13:B15", "B16:B17"}
    assert "A1:G1" in {str(r) for r in page.merged_cells.ranges}


def test_the_headings_are_the_official_ones(page: Worksheet) -> None:
    assert [cell.value for cell in page[3]] == template()["columns"]
    assert page["A1"].value == "云岭区中小学教师减负工作重点任务台账"


def test_every_row_carries_the_words_of_the_template(page: Worksheet) -> None:
    rows = [row for group in template()["groups"] for row in group["rows"]]
    for shown, row, printed in zip(cells(page), rows, form().rows, strict=True):
        assert shown[0] == row["number"]
        assert shown[2:4] == [row["task"], row["requirement"]]
        assert shown[4] is None
        assert (shown[5] or "") == sentence(printed.figures)
        assert shown[6] == row["sections_text"]
    assert [page.cell(row, 2).value for row in (4, 7, 13, 16)] == [g["title"] for g in template()["groups"]]


def test_an_unfilled_blank_prints_empty_and_a_filled_one_stands_in_its_sentence(page: Worksheet) -> None:
    assert page["F4"].value == f"本年度公布的督查检查评比考核事项共{EMPTY_BLANK}项。"
    filled = load_workbook(io.BytesIO(xlsx.render_form(form(values=values()))), rich_text=True).active
    assert str(filled["F4"].value) == "本年度公布的督查检查评比考核事项共10项。"
    assert [(block.text, block.font.u) for block in filled["F4"].value] == [
        ("本年度公布的督查检查评比考核事项共", None),
        ("10", "single"),
        ("项。", None),
    ]


def test_paper_header_row_and_page_number(page: Worksheet) -> None:
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$3:$3"
    assert page.oddFooter.center.text == "— &P —"
    assert page.freeze_panes == "A4"
    assert page.print_area == "'2026年度台账'!$A$1:$G$18"


def test_one_visible_sheet_and_nothing_hidden() -> None:
    book = opened(xlsx.render_form(form()))
    assert [(sheet.title, sheet.sheet_state) for sheet in book.worksheets] == [("2026年度台账", "visible")]
    names = re.findall(r'definedName name="([^"]+)"', part(xlsx.render_form(form()), "xl/workbook.xml"))
    assert sorted(names) == ["_xlnm.Print_Area", "_xlnm.Print_Titles"]
    assert not any(d.hidden for d in book.active.column_dimensions.values())
    assert not any(d.hidden for d in book.active.row_dimensions.values())


def test_every_cell_of_a_merged_range_has_its_lines() -> None:
    """Read from the XML: openpyxl draws the lines of merged cells anew when it opens a file."""
    data = xlsx.render_form(form())
    styles, rows = part(data, "xl/styles.xml"), part(data, "xl/worksheets/sheet1.xml")
    formats = re.findall(r"<xf [^>]*borderId=\"(\d+)\"", styles[styles.index("<cellXfs") :])
    borders = re.findall(r"<border>.*?</border>", styles)
    for place in ("B4", "B5", "B6", "B7", "B12", "G17"):
        style = re.search(rf'<c r="{place}" s="(\d+)"', rows)
        assert style, place
        assert borders[int(formats[int(style[1])])].count('style="thin"') == 4, place


def test_fonts_are_those_officials_expect(page: Worksheet) -> None:
    assert [page[place].font.name for place in ("A1", "A3", "D4")] == [
        "方正小标宋简体",
        "黑体",
        "仿宋_GB2312",
    ]


def test_no_cell_is_a_formula_whatever_a_person_typed() -> None:
    evil = ("=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠A1")
    rows = tuple(
        FormRow(
            number=text, task=text, requirement=text, implementation=(text,), figures=(text,), sections=text
        )
        for text in evil
    )
    data = xlsx.render_form(form(title="=标题", groups=(FormGroup("=1+1", rows),), notes=("=注",), unit="=1"))
    for row in opened(data).active.iter_rows():
        assert {cell.data_type for cell in row} <= {"s", "n"}
    assert "<f>" not in part(data, "xl/worksheets/sheet1.xml")


def test_the_same_form_gives_the_same_bytes_and_no_trace_of_the_machine() -> None:
    day = date(2025, 3, 4)
    first, second = xlsx.render_form(form(printed_on=day)), xlsx.render_form(form(printed_on=day))
    assert first == second
    properties = opened(first).properties
    assert (properties.creator, properties.title) == (
        "云岭区教育委员会",
        "云岭区中小学教师减负工作重点任务台账",
    )
    assert properties.created.date() == properties.modified.date() == day
    assert {info.date_time[:3] for info in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(2025, 3, 4)}
    assert "openpyxl" not in part(first, "docProps/core.xml")


def test_rows_grow_with_their_text(page: Worksheet) -> None:
    full = opened(xlsx.render_form(form(done=(DONE, DECLINED, DONE, DECLINED)))).active
    assert all(
        full.row_dimensions[row].height > page.row_dimensions[row].height for row in range(4, 18) if row != 13
    )


def test_a_row_higher_than_excel_allows_is_laid_over_several_sheet_rows() -> None:
    long = FormRow(number="1", task="任务", implementation=(DONE,) * 20)
    page = opened(xlsx.render_form(form(groups=(FormGroup("事项", (long, long)),)))).active
    ranges = {str(r) for r in page.merged_cells.ranges}
    ends = {r.max_row for r in page.merged_cells.ranges if r.min_col == 1 and r.min_row == 4}
    assert all(page.row_dimensions[row].height <= 409 for row in range(1, page.max_row + 1))
    assert f"E4:E{ends.pop()}" in ranges
    assert page["E4"].value == "\n".join((DONE,) * 20)


def test_a_group_that_would_be_cut_by_the_page_end_begins_a_new_page() -> None:
    page = opened(xlsx.render_form(form())).active
    assert {brk.id for brk in page.row_breaks.brk} <= {6, 12, 15}
    assert 6 in {brk.id for brk in page.row_breaks.brk}


def test_a_text_beyond_a_cell_is_refused_in_words() -> None:
    with pytest.raises(DocumentTooLarge, match="请精简文字"):
        xlsx.render_form(form(done=("字" * 70_000,)))


def test_other_templates_have_their_own_groups() -> None:
    page = opened(xlsx.render_form(form(code="heilongjiang-003"))).active
    spans = [r.max_row - r.min_row + 1 for r in page.merged_cells.ranges if r.min_col == r.max_col == 2]
    assert sorted(spans) == [3, 3, 3, 3, 8]
