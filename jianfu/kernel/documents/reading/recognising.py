"""What a file really is, whatever its name says. Told from its first bytes and the parts of its zip."""

from __future__ import annotations

from typing import IO

from .cells import FileRefused
from .limits import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
SAVE_AS = "用 Excel 或 WPS 打开，另存为 .xlsx 再上传"
_STARTS = (
    (b"%PDF", "PDF 文件"),
    (b"{\\rtf", "RTF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
)
_PAGES = (b"<html", b"<!doctype", b"<?xml", b"<table", b"mime-version", b"<head", b"<meta")


def recognise(file: IO[bytes], name: str, limits: Limits) -> str:
    """zip or csv. Raises FileRefused for everything else."""
    file.seek(0, 2)
    size = file.tell()
    if not size:
        raise FileRefused("这是空文件。换一个再上传")
    if size > limits.file:
        most = limits.file // (1024 * 1024)
        raise FileRefused(f"文件有 {size / 1024 / 1024:.1f} MB，最多 {most} MB。分成几份再上传")
    file.seek(0)
    head = file.read(4096)
    _refuse_other_kinds(file, head)
    if head.startswith(ZIP):
        return "zip"
    _require_text(head, name)
    return "csv"


def _refuse_other_kinds(file: IO[bytes], head: bytes) -> None:
    if head.startswith(OLE):
        file.seek(0)
        if "EncryptedPackage".encode("utf-16-le") in file.read():
            raise FileRefused("文件设了打开密码，读不了。去掉密码再上传")
        raise FileRefused(f"这是旧格式的 Excel（.xls）或 Word（.doc）文件。{SAVE_AS}")
    for start, what in _STARTS:
        if head.startswith(start):
            raise FileRefused(f"文件内容是{what}，不是表格。上传 .xlsx、.docx 或 .csv")
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if plain.startswith(_PAGES):
        raise FileRefused(f"文件内容是网页或 XML，只是改了名字。{SAVE_AS}")


def _require_text(head: bytes, name: str) -> None:
    """What is neither a zip nor known is taken for text only under a text file's name."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused("文字编码是 UTF-16，读不了。另存为“CSV UTF-8”再上传")
    if b"\x00" in head:
        raise FileRefused(f"认不出这是什么文件。{SAVE_AS}")
    if not name.lower().endswith((".csv", ".txt")):
        raise FileRefused("文件内容不是 .xlsx 或 .docx，可能只是改了名字，或者已经损坏。换成原来的文件再上传")
