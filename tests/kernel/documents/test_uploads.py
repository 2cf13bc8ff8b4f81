"""A file is what its inside says; every disguise is refused, and nothing refused is stored."""

import io
import struct
import zipfile

import pytest

from jianfu.kernel.decisions import Refused
from jianfu.kernel.documents import uploads


def pdf(words=b"x"):
    return b"%PDF-1.4\n" + words + b"\n%%EOF\n"


def packed(*names, content=b"x", **more):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return buffer.getvalue()


def ole(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + stream.encode("utf-16-le") + b"\0" * 500


DOCX = ("[Content_Types].xml", "word/document.xml")
XLSX = ("[Content_Types].xml", "xl/workbook.xml")
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 100
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100


def examine(name, content):
    return uploads.examine(io.BytesIO(content), name, len(content))


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("方案.pdf", pdf(), "application/pdf"),
        ("方案.PDF", pdf(), "application/pdf"),
        ("图.jpg", JPEG, "image/jpeg"),
        ("图.jpeg", JPEG, "image/jpeg"),
        ("图.png", PNG, "image/png"),
        ("方案.docx", packed(*DOCX), uploads.DOCX.content_type),
        ("表.xlsx", packed(*XLSX), uploads.XLSX.content_type),
        ("文件.ofd", packed("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
        ("方案.doc", ole("WordDocument"), "application/msword"),
        ("方案.wps", ole("WordDocument"), "application/msword"),
        ("表.xls", ole("Workbook"), "application/vnd.ms-excel"),
        ("表.et", ole("Workbook"), "application/vnd.ms-excel"),
    ],
)
def test_what_may_be_kept(name, content, content_type):
    found = examine(name, content)
    assert (found.name, found.content_type, found.size) == (name, content_type, len(content))
    assert len(found.digest) == 64


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("病毒.pdf", b"MZ\x90\0" + b"\0" * 100),
        ("网页.pdf", b"<html><script>alert(1)</script>"),
        ("半截.pdf", b"%PDF-1.4\n half"),
        ("前面有别的.pdf", b"MZ" + pdf()),
        ("表格.docx", packed(*XLSX)),
        ("文档.xlsx", packed(*DOCX)),
        ("压缩包.docx", packed("a.exe")),
        ("宏.docx", packed(*DOCX, "word/vbaProject.bin")),
        ("坏的.docx", b"PK\x03\x04" + b"\0" * 200),
        ("自解压.docx", b"MZ" + packed(*DOCX)),
        ("图.png", JPEG),
        ("图.jpg", pdf()),
        ("表.xls", ole("WordDocument")),
        ("空壳.doc", ole("Nothing")),
        ("改名.ofd", packed(*DOCX)),
        ("改名.pdf", packed(*DOCX)),
    ],
)
def test_each_disguise_is_refused(name, content):
    with pytest.raises(Refused, match="和它的扩展名不符"):
        examine(name, content)


@pytest.mark.parametrize("name", ["程序.exe", "网页.html", "图.svg", "包.zip", "没有扩展名", "双.pdf.exe"])
def test_other_kinds_are_not_taken(name):
    with pytest.raises(Refused, match="类型不能上传"):
        examine(name, pdf())


def test_a_bomb_costs_only_its_list():
    content = packed(*DOCX, *(f"{n}.xml" for n in range(uploads.ENTRY_LIMIT)))
    with pytest.raises(Refused):
        examine("多.docx", content)
    huge = bytearray(packed(*DOCX))
    directory = huge.rfind(b"PK\x01\x02")
    struct.pack_into("<L", huge, directory + 24, 2**31)
    with pytest.raises(Refused):
        examine("大.docx", bytes(huge))


def test_a_locked_document_is_refused():
    content = bytearray(packed(*DOCX))
    struct.pack_into("<H", content, content.rfind(b"PK\x01\x02") + 8, 1)
    with pytest.raises(Refused):
        examine("加密.docx", bytes(content))


def test_sizes_at_their_edges():
    with pytest.raises(Refused, match="空文件"):
        examine("空.pdf", b"")
    content = pdf(b"x" * (uploads.LARGEST - 16))
    assert len(content) == uploads.LARGEST
    assert examine("刚好.pdf", content)
    with pytest.raises(Refused, match="超过 20 MB"):
        uploads.examine(io.BytesIO(content), "大.pdf", uploads.LARGEST + 1)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\文件\\方案.pdf", "方案.pdf"),
        ("方\x00案\r\n.pdf", "方案.pdf"),
        ("方案\u202efdp.exe", "方案fdp.exe"),
        ('方案<1>"?.pdf', "方案_1___.pdf"),
        ("  方案 .pdf", "方案 .pdf"),
        (".pdf", "pdf"),
        ("字" * 200 + ".pdf", "字" * 96 + ".pdf"),
        ("", "附件"),
    ],
)
def test_names_are_cleaned(typed, kept):
    assert uploads.clean_name(typed) == kept
