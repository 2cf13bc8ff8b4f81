"""Plain registers as workbooks."""

import io
import tempfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from jianfu.kernel.documents import xlsx
from jianfu.kernel.documents.text import DocumentTooLarge
from jianfu.kernel.documents.xlsx import RegisterColumn
from tests.kernel.documents.samples import DAY

COLUMNS = (
    RegisterColumn("序号", 12, centred=True),
    RegisterColumn("姓名", 24),
    RegisterColumn("借用单位", 60),
    RegisterColumn("起", 32),
    RegisterColumn("月数", 16),
)
ROWS = [
    (1, "张*", "区应急管理局", date(2026, 9, 1), 6),
    (2, "=HYPERLINK(1)", "－1", None, None),
    (3, "0012", None, datetime(2026, 9, 1, 8, 5), True),  # noqa: DTZ001
]


def table(rows: object = ROWS, **more: str) -> bytes:
    return xlsx.render_table("云岭区借用教师工作台账", COLUMNS, rows, made_on=DAY, **more)


@pytest.fixture(scope="module")
def page() -> Worksheet:
    return load_workbook(io.BytesIO(table())).active


def test_values_keep_their_kind(page: Worksheet) -> None:
    rows = list(page.iter_rows(min_row=3, values_only=True))
    assert rows[0] == (1, "张*", "区应急管理局", datetime(2026, 9, 1), 6)  # noqa: DTZ001
    assert rows[1] == (2, "=HYPERLINK(1)", "－1", None, None)
    assert rows[2] == (3, "0012", None, "2026年9月1日 08:05", "是")
    assert page["D3"].number_format == 'yyyy"年"m"月"d"日"'
    assert page["B4"].data_type == page["C4"].data_type == "s"
    assert page["B4"].quotePrefix


def test_title_and_header(page: Worksheet) -> None:
    assert page["A1"].value == "云岭区借用教师工作台账"
    assert {str(r) for r in page.merged_cells.ranges} == {"A1:E1"}
    assert [cell.value for cell in page[2]] == [column.heading for column in COLUMNS]


def test_paper_is_that_of_the_official_form(page: Worksheet) -> None:
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert (page.print_title_rows, page.freeze_panes) == ("$2:$2", "A3")
    assert page.print_area == "'云岭区借用教师工作台账'!$A$1:$E$5"
    assert page.oddFooter.center.text == "— &P —"
    assert page.auto_filter.ref is None


def test_rows_are_high_enough_for_their_text() -> None:
    data = table([(1, "短", "短", None, 1), (2, "短", "很长的单位名称" * 20, None, 1)])
    heights = load_workbook(io.BytesIO(data)).active.row_dimensions
    assert heights[4].height > 3 * heights[3].height


def test_many_columns_are_set_smaller_with_short_dates() -> None:
    columns = [RegisterColumn("日期")] * 21
    page = load_workbook(io.BytesIO(xlsx.render_table("表", columns, [[DAY] * 21], made_on=DAY))).active
    assert page["A3"].number_format == "yyyy.m.d"
    assert (page["A3"].font.sz, page["A3"].alignment.shrink_to_fit) == (9, True)


def test_an_empty_register_still_has_its_header() -> None:
    page = load_workbook(io.BytesIO(table([]))).active
    assert page.max_row == 2


def test_rows_may_come_one_by_one_and_the_bytes_repeat() -> None:
    assert table(iter(ROWS)) == table()


def test_sheet_names_that_excel_refuses_are_mended() -> None:
    for name, shown in {
        "[甲]/乙:丙*?": "〔甲〕／乙：丙＊？",
        "'甲'": "甲",
        "": "云岭区借用教师工作台账",
        "字" * 40: "字" * 31,
        "𬭎" * 20: "𬭎" * 15,
        "\x00": "台账",
        "History": "台账",
    }.items():
        assert load_workbook(io.BytesIO(table(name=name))).sheetnames == [shown]


def test_a_row_of_another_length_is_an_error_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(ValueError, match="zip"):
        table([ROWS[0], (1, 2)])
    assert not list(tmp_path.iterdir())


def test_more_rows_than_a_sheet_holds_are_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jianfu.kernel.documents.register.ROW_LIMIT", 4)
    with pytest.raises(DocumentTooLarge, match="每张表 4 行的上限。请缩小查询范围"):
        table()
