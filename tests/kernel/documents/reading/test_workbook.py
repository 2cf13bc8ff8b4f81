"""Workbooks of Excel, WPS, openpyxl and of programs that leave things out."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from jianfu.kernel.documents.reading import FileRefused, Merged, letter

from .files import KINDS, MAIN, read, relations, sheet_xml, workbook

MORNING = datetime.fromisoformat("2026-09-01T08:30")


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_openpyxl_writes() -> None:
    book = Workbook()
    page = book.active
    page.title = "台账"
    page.append(["序号", 18, 12.3, date(2026, 9, 1), MORNING, True, None, " "])
    page["B3"] = "在下面"
    page["J3"].comment = Comment("问过办公室", "李敏")
    page["J3"] = 0.505
    page["J3"].number_format = "0.0%"
    page.merge_cells("B3:D5")
    hidden = book.create_sheet("底稿")
    hidden.sheet_state = "veryHidden"
    hidden["A1"] = "x"
    found = read(saved(book))
    sheet = found.sheets[0]
    assert [s.name for s in found.shown] == ["台账"]
    assert [s.name for s in found.sheets] == ["台账", "底稿"]
    assert [cell.value for cell in sheet.rows[1].values()] == [
        "序号",
        18,
        Decimal("12.3"),
        date(2026, 9, 1),
        MORNING,
        True,
    ]
    assert sheet.text(3, 10) == "50.5%"
    assert sheet.cell(3, 10).value == Decimal("50.5")
    assert sheet.comments == {(3, 10): "问过办公室"}
    assert sheet.merged == [Merged(3, 2, 5, 4)]
    assert sheet.range_at(5, 4) == Merged(3, 2, 5, 4)
    assert sheet.range_at(6, 4) is None
    assert list(sheet.rows) == [1, 3]


def test_strings_of_every_kind() -> None:
    """Rich text with readings above it as WPS keeps them, escapes, inline text, a formula's text."""
    strings = (
        "<si><r><t>统筹</t></r><r><rPr><u/></rPr><t xml:space='preserve'> 12 </t></r>"
        "<rPh sb='0' eb='1'><t>とう</t></rPh></si>"
        "<si><t>甲_x000A_乙_x005F_x0041_</t></si>"
    )
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><r><t>一</t></r><r><t>二</t></r></is></c>'
        '<c r="D1" t="str"><f>A1&amp;B1</f><v>合</v></c><c r="E1" t="e"><v>#REF!</v></c></row>'
    )
    sheet = read(workbook(rows, strings=strings)).sheets[0]
    cells = sheet.rows[1]
    assert [cells[n].value for n in range(1, 6)] == ["统筹 12 ", "甲\n乙_x0041_", "一二", "合", "#REF!"]
    assert cells[4].formula
    assert not cells[3].formula
    assert cells[5].kind == "e"


def test_rows_and_cells_without_their_places() -> None:
    rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r='5'><c><v>5</v></c></row>"
    rows += "<row><c><v>6</v></c></row>"
    sheet = read(workbook(rows)).sheets[0]
    places = [(cell.row, cell.column, int(cell.value)) for cell in sheet.cells()]
    assert places == [(1, 1, 1), (1, 3, 3), (5, 1, 5), (6, 1, 6)]


def test_days_of_both_epochs() -> None:
    styles = "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs>"
    cells = '<c r="A1" s="1"><v>44562</v></c><c r="B1" s="0"><v>44562</v></c><c r="C1" s="1"><v>59</v></c>'
    rows = f'<row r="1">{cells}</row>'
    first = read(workbook(rows, styles=styles)).sheets[0]
    assert first.cell(1, 1).value == date(2022, 1, 1)
    assert first.cell(1, 2).value == 44562
    assert first.cell(1, 3).value == date(1900, 2, 28)
    second = read(workbook(rows, styles=styles, properties='<workbookPr date1904="1"/>')).sheets[0]
    assert second.cell(1, 1).value == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('yyyy"年"m"月"d"日"', "2026-09-01"),
        ("[$-804]yyyy\\-mm\\-dd;@", "2026-09-01"),
        ('0"日"', "46266"),
        ('#,##0"项"', "46266"),
        ("[Red]0.00", "46266"),
        ("G/通用格式", "46266"),
        ("General", "46266"),
    ],
)
def test_a_number_is_a_day_only_where_it_shows_as_one(code: str, shown: str) -> None:
    escaped = code.replace('"', "&quot;")
    styles = f'<numFmts><numFmt numFmtId="176" formatCode="{escaped}"/></numFmts>'
    styles += '<cellXfs><xf numFmtId="176"/></cellXfs>'
    sheet = read(workbook('<row r="1"><c r="A1" s="0"><v>46266</v></c></row>', styles=styles)).sheets[0]
    assert sheet.text(1, 1) == shown


def test_the_29th_of_february_1900_is_no_day() -> None:
    styles = "<cellXfs><xf numFmtId='14'/></cellXfs>"
    sheet = read(workbook('<row r="1"><c r="A1" s="0"><v>60</v></c></row>', styles=styles)).sheets[0]
    assert sheet.cell(1, 1).kind == "e"


def test_a_formula_without_a_result_is_still_a_formula() -> None:
    sheet = read(workbook('<row r="1"><c r="A1"><f>SUM(B1:B9)</f></c></row>')).sheets[0]
    assert sheet.cell(1, 1).formula


def test_parts_under_other_names() -> None:
    """Absolute targets, backslashes and other capitals, as some programs write them; prefixed elements."""
    prefixed = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2"><x:v>7</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    tab = '<sheets><sheet name="甲" sheetId="1" d3p1:id="R1"/></sheets>'
    book = f'<workbook xmlns="{MAIN}" xmlns:d3p1="{KINDS}">{tab}</workbook>'
    content = workbook(
        more={
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": relations(("R1", "worksheet", "/xl/Worksheets/Sheet9.xml")),
            "XL\\worksheets\\sheet9.xml": prefixed,
        }
    )
    assert read(content).sheets[0].text(2, 2) == "7"


@pytest.mark.parametrize("strings", [None, "<si><t>只有一个</t></si>"])
def test_words_that_are_missing(strings: str | None) -> None:
    with pytest.raises(FileRefused, match="已经损坏"):
        read(workbook('<row r="1"><c r="A1" t="s"><v>3</v></c></row>', strings=strings))


def test_a_merge_over_everything_costs_nothing() -> None:
    content = workbook(
        sheet=sheet_xml("", behind='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    )
    assert read(content).sheets[0].merged == [Merged(1, 1, 1048576, 16384)]


def test_a_sheet_full_of_empty_styled_rows() -> None:
    """A million rows that only have a format, as a coloured column leaves behind."""
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(1, 200_001))
    sheet = read(workbook(rows + '<row r="200000"><c r="B200000"><v>1</v></c></row>')).sheets[0]
    assert len(sheet.rows) == 1


def test_letters() -> None:
    assert [letter(n) for n in (1, 26, 27, 256, 702, 703)] == ["A", "Z", "AA", "IV", "ZZ", "AAA"]
