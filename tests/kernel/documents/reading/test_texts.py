"""Tables of Word documents, and text files."""

import pytest
from docx import Document

from jianfu.kernel.documents.reading import FileRefused, Merged

from .files import document, read, word_cell, word_table


def test_tables_with_merged_cells() -> None:
    begun, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = word_table(
        word_cell("序号") + word_cell("事项", '<w:gridSpan w:val="2"/>') + word_cell("落实"),
        word_cell("1") + word_cell("进校园", begun) + word_cell("甲\n乙") + word_cell("共 23 项"),
        word_cell("2") + word_cell("", on) + word_cell("丙") + word_cell(""),
    )
    sheet = read(document(f"<w:p/>{table}"), "a.docx").sheets[0]
    assert sheet.name == "表格 1"
    assert {(c.row, c.column): c.value for c in sheet.cells()} == {
        (1, 1): "序号", (1, 2): "事项", (1, 4): "落实",
        (2, 1): "1", (2, 2): "进校园", (2, 3): "甲\n乙", (2, 4): "共 23 项",
        (3, 1): "2", (3, 3): "丙",
    }  # fmt: skip
    assert set(sheet.merged) == {Merged(1, 2, 1, 3), Merged(2, 2, 3, 2)}


def test_what_was_deleted_while_changes_were_tracked_is_not_read() -> None:
    inserted = "<w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
    moved = (
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    )
    table = word_table(f"<w:tc><w:p>{inserted}{moved}</w:p></w:tc>")
    assert read(document(table), "a.docx").sheets[0].text(1, 1) == "新"


def test_a_table_inside_a_cell_is_part_of_its_words() -> None:
    inner = word_table(word_cell("里"))
    table = word_table(f"<w:tc>{inner}<w:p/></w:tc>" + word_cell("外"))
    book = read(document(table), "a.docx")
    assert len(book.sheets) == 1
    assert [cell.value for cell in book.sheets[0].cells()] == ["里", "外"]


def test_what_python_docx_writes(tmp_path: object) -> None:
    made = Document()
    table = made.add_table(rows=3, cols=3)
    table.cell(0, 0).text = "序号"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "1"
    path = tmp_path / "a.docx"
    made.save(path)
    sheet = read(path.read_bytes(), "a.docx").sheets[0]
    assert sheet.text(2, 1) == "1"
    assert sheet.merged == [Merged(2, 1, 3, 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(encoding: str) -> None:
    text = '序号,任务,"两\n行"\r\n1,𬭎和㐂,"说""好"""\r\n\r\n,,\r\n3,丙,\r\n'
    book = read(text.encode(encoding), "a.csv")
    sheet = book.sheets[0]
    assert book.encoding == ("GB18030" if encoding == "gb18030" else "UTF-8")
    assert sheet.rows[1][3].value == "两\n行"
    assert [c.value for c in sheet.rows[2].values()] == ["1", "𬭎和㐂", '说"好"']
    assert list(sheet.rows) == [1, 2, 5]


def test_tabs() -> None:
    assert read("序号\t任务\n1\t甲，乙\n".encode(), "a.txt").sheets[0].text(2, 2) == "甲，乙"


@pytest.mark.parametrize(
    "content",
    ["序号,任务\n".encode() + b"\xff\xff\n", b"\xef\xbb\xbf" + "序号".encode("gb18030"), b"\x80\x80,\xff"],
    ids=["half", "bom", "neither"],
)
def test_an_encoding_is_never_guessed(content: bytes) -> None:
    with pytest.raises(FileRefused, match="编码"):
        read(content, "a.csv")


def test_one_bad_byte_at_the_end_decides_for_the_whole_file() -> None:
    """Ten thousand lines of UTF-8 and one line of GB18030: neither, so nothing is read."""
    content = "一行正常的字\n".encode() * 10_000 + "序号台账\n".encode("gb18030") + b"\xff"
    with pytest.raises(FileRefused, match="编码"):
        read(content, "a.csv")


def test_quotes_that_do_not_close() -> None:
    with pytest.raises(FileRefused, match="引号"):
        read(b'a,b\n"c,d\n', "a.csv")
