"""Files that are not read: each says why in one sentence and what to do, in time and within its memory."""

import io
import re
import struct
import tempfile
import time
import zipfile

import pytest
from openpyxl import Workbook

from jianfu.kernel.documents.reading import FileRefused, Limits, process

from .files import MAIN, document, read, sheet_xml, workbook, zipped

ENOUGH = 30


def refusal(content: bytes, name: str = "台账.xlsx", **limits: int) -> str:
    began = time.monotonic()
    with pytest.raises(FileRefused) as found:
        read(content, name, **limits)
    assert time.monotonic() - began < ENOUGH
    words = str(found.value)
    assert not words.endswith("。"), "stands in front of one"
    assert re.search("[一-鿿]{3}", words)
    return words


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.xlsx", "空文件"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "去掉密码"),
        (OLE, "a.xlsx", "旧格式"),
        (b"%PDF-1.7 ...", "a.xlsx", "PDF"),
        (b"\xef\xbb\xbf <html><table></table>", "a.xlsx", "网页"),
        (b'<?xml version="1.0"?><Workbook/>', "a.xls", "XML"),
        ("序号,任务\n1,甲".encode(), "a.xlsx", "改了名字"),
        ("序号\t任务\n".encode("utf-16"), "a.csv", "UTF-16"),
        (b"\x00\x01\x02", "a.csv", "认不出"),
        (b"PK\x03\x04 no zip at all", "a.xlsx", "损坏"),
        (zipped({"a.txt": "x"}), "a.xlsx", "压缩包"),
        (zipped({"content.xml": "<x/>"}), "a.xlsx", "OpenDocument"),
        (zipped({"xl/workbook.bin": "x"}), "a.xlsx", "xlsb"),
        (workbook()[:-40], "a.xlsx", "损坏"),
        (document("<w:p/>"), "a.docx", "没有表格"),
    ],
)
def test_what_it_is_not(content: bytes, name: str, words: str) -> None:
    assert words in refusal(content, name)


def test_a_bomb_by_its_ratio() -> None:
    assert "大得不正常" in refusal(workbook(more={"xl/media/image1.png": b"\0" * 40_000_000}))


def test_a_bomb_by_its_size() -> None:
    assert "太大" in refusal(workbook(), inflated=500)


def test_a_bomb_whose_directory_lies() -> None:
    """The directory says 1,000 bytes and the part unpacks to a hundred million: no more than it says is
    unpacked, and what was read of it does not hold together."""
    part = b"<worksheet><sheetData>" + b" " * 100_000_000
    content = bytearray(workbook(more={"xl/worksheets/sheet1.xml": part}))
    size = struct.pack("<L", len(part))
    assert content.count(size) >= 2
    assert re.search("损坏|不正常", refusal(bytes(content.replace(size, struct.pack("<L", 1_000)))))


def test_too_many_parts() -> None:
    assert "部分" in refusal(zipped({f"xl/{n}.xml": "" for n in range(2_100)}))


def test_a_cell_at_the_end_of_the_sheet() -> None:
    """4 KB, and a million times sixteen thousand cells for whoever walks to it."""
    book = Workbook()
    book.active["A1"] = "序号"
    book.active["XFD1048576"] = 1
    out = io.BytesIO()
    book.save(out)
    words = refusal(out.getvalue())
    assert "XFD1048576" in words
    assert "删去" in words


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "_rels/.rels", "xl/styles.xml"]
)
def test_entities(declared: str, part: str) -> None:
    entity = "&a;" if "ENTITY" in declared else ""
    hostile = f'<?xml version="1.0"?>{declared}<worksheet xmlns="{MAIN}">{entity}</worksheet>'
    assert "DOCTYPE" in refusal(workbook(more={part: hostile}))


def test_entities_in_a_document() -> None:
    hostile = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document>&a;</w:document>'
    assert "DOCTYPE" in refusal(zipped({"word/document.xml": hostile}), "a.docx")


@pytest.mark.parametrize(
    ("limits", "words"),
    [({"file": 1_000}, "MB"), ({"rows": 9}, "9 行"), ({"cells": 9}, "9 格"), ({"cell_text": 2}, "一格最多")],
)
def test_too_much(limits: dict[str, int], words: str) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>第{n}行</v></c></row>' for n in range(1, 11))
    noise = {"x": bytes(range(256)) * 8}
    assert words in refusal(workbook(rows, more=noise), **limits)


def test_exactly_as_much_as_is_allowed() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="str"><v>第{n}行</v></c></row>' for n in range(1, 11))
    assert len(read(workbook(rows), rows=10, cells=10, cell_text=4).sheets[0].rows) == 10


def test_a_hundred_thousand_rows() -> None:
    """Read, or refused in words; never more than the time and the memory."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="str"><v>消防安全宣讲</v></c></row>'
        for n in range(1, 100_001)
    )
    began = time.monotonic()
    try:
        assert len(read(workbook(rows)).sheets[0].rows) == 100_000
    except FileRefused as refused:
        assert "分成几份" in str(refused)  # noqa: PT017  either will do
    assert time.monotonic() - began < ENOUGH


def test_too_little_memory_is_said_in_words() -> None:
    strings = "".join(f"<si><t>{'字' * 500}{n}</t></si>" for n in range(60_000))
    content = workbook(strings=strings)
    assert "太大" in refusal(content, memory=70 * 1024 * 1024, ratio=10_000)


def test_too_slow_is_ended() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 100_001))
    assert "没有读完" in refusal(workbook(rows * 3), seconds=1, rows=10_000_000)


def test_a_process_that_dies_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process.sys, "executable", "/bin/false")
    assert "中途停了" in refusal(workbook())


def test_the_reading_process_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """It gets neither the settings nor the address of the database."""
    seen = {}
    real = process.subprocess.Popen

    def started(*args: object, **kwargs: object) -> object:
        seen.update(kwargs["env"])
        return real(*args, **kwargs)

    monkeypatch.setenv("DATABASE_URL", "postgres://user:secret@/x")
    monkeypatch.setattr(process.subprocess, "Popen", started)
    read(workbook())
    assert set(seen) == {"PYTHONPATH", "PYTHONUTF8", "PATH"}


def test_the_limits_are_those_that_are_promised() -> None:
    assert Limits().memory == 512 * 1024 * 1024
    assert Limits().seconds < ENOUGH


def test_a_zip_that_is_encrypted() -> None:
    content = bytearray(zipped({"xl/workbook.xml": "x"}))
    place = content.find(b"PK\x01\x02")
    content[place + 8] |= 1
    assert zipfile.is_zipfile(io.BytesIO(content))
    assert "密码" in refusal(bytes(content))


def test_progress_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 60_001))
    told: list[int] = []
    with tempfile.TemporaryFile() as file:
        file.write(workbook(sheet=sheet_xml(rows)))
        process.read(file, "a.xlsx", progress=told.append)
    assert told
    assert told == sorted(told)
    assert all(0 <= each < 100 for each in told)
