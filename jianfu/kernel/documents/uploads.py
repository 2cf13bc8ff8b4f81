"""What an uploaded file really is, told from its inside; its name is only believed when both agree.

Nothing is unpacked: of a zip only the list of entries is read, so a bomb costs no more than its list.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from jianfu.kernel.decisions import Refused, refuse

LARGEST = 20 * 1024 * 1024
NAME_LIMIT = 100
ENTRY_LIMIT = 5_000  # an official document has some dozens
UNPACKED_LIMIT = 500 * 1024 * 1024
ACCEPTED = "PDF、Word（doc、docx）、Excel（xls、xlsx）、WPS、OFD、JPG 或 PNG"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PNG = b"\x89PNG\r\n\x1a\n"
_END_OF_ZIP = b"PK\x05\x06"
_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """A sort of file: what it is called, its endings, its content type."""

    name: str
    endings: tuple[str, ...]
    content_type: str


PDF = Kind("PDF", ("pdf",), "application/pdf")
JPEG = Kind("JPG 图片", ("jpg", "jpeg"), "image/jpeg")
PNG = Kind("PNG 图片", ("png",), "image/png")
DOC = Kind("Word 97 或 WPS 文档", ("doc", "wps"), "application/msword")
XLS = Kind("Excel 97 或 WPS 表格", ("xls", "et"), "application/vnd.ms-excel")
DOCX = Kind("Word 文档", ("docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
XLSX = Kind("Excel 表格", ("xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
OFD = Kind("OFD 版式文件", ("ofd",), "application/ofd")
KINDS = (PDF, JPEG, PNG, DOC, XLS, DOCX, XLSX, OFD)


@dataclass(frozen=True)
class Examined:
    """A file that may be kept: its cleaned name, size in bytes, content type and SM3 digest (hex)."""

    name: str
    size: int
    content_type: str
    digest: str


def examine(stream: BinaryIO, name: str, size: int) -> Examined:
    """Say what the file is. Raises `Refused` with the way out; leaves the stream at its beginning."""
    shown = clean_name(name)
    if not size:
        raise Refused(refuse(f"“{shown}”是空文件，没有保存。请检查后重新选择"))
    if size > LARGEST:
        megabytes, limit = f"{size / _CHUNK:.1f} MB", f"{LARGEST // _CHUNK} MB"
        raise Refused(refuse(f"“{shown}”有 {megabytes}，超过 {limit}，没有保存。请压缩或拆分后再上传"))
    ending = PurePosixPath(shown).suffix.lstrip(".").lower()
    if not any(ending in kind.endings for kind in KINDS):
        raise Refused(refuse(f"“{shown}”的类型不能上传，没有保存。请用 {ACCEPTED}"))
    kind = kind_of(stream, size)
    if kind is None or ending not in kind.endings:
        found = f"实际内容是{kind.name}" if kind else "内容打不开"
        raise Refused(refuse(f"“{shown}”和它的扩展名不符（{found}），没有保存。请用原来的软件另存后再上传"))
    return Examined(shown, size, kind.content_type, _digest(stream))


def clean_name(name: str) -> str:
    """The file's own name without folders, control and direction characters, at most `NAME_LIMIT` long."""
    base = re.split(r"[\\/]", name)[-1]
    plain = "".join(char for char in unicodedata.normalize("NFC", base) if _printable(char))
    plain = re.sub(r'[<>:"|?*]', "_", plain).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:NAME_LIMIT] or "附件"
    return f"{(stem or '附件')[: NAME_LIMIT - len(ending) - 1]}.{ending[:10]}"


def _printable(char: str) -> bool:
    """Neither control nor format characters (a right-to-left mark turns fdp.exe round), nor half pairs."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def kind_of(stream: BinaryIO, size: int) -> Kind | None:
    """What the content is, whatever its name; the stream is left at its beginning."""
    stream.seek(0)
    head = stream.read(16)
    starts: tuple[tuple[bytes, Callable[[BinaryIO, int], Kind | None]], ...] = (
        (b"%PDF-", _pdf),
        (b"\xff\xd8\xff", lambda _stream, _size: JPEG),
        (_PNG, lambda _stream, _size: PNG),
        (_OLE, _office_97),
        (b"PK\x03\x04", _packed),
    )
    found = next((look(stream, size) for start, look in starts if head.startswith(start)), None)
    stream.seek(0)
    return found


def _pdf(stream: BinaryIO, size: int) -> Kind | None:
    stream.seek(max(0, size - 2048))
    return PDF if b"%%EOF" in stream.read() else None


def _office_97(stream: BinaryIO, _size: int) -> Kind | None:
    """The directory of a compound file names its streams in UTF-16."""
    stream.seek(0)
    content = stream.read(LARGEST)
    if "WordDocument".encode("utf-16-le") in content:
        return DOC
    books = ("Workbook".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
    return XLS if any(book in content for book in books) else None


def _packed(stream: BinaryIO, size: int) -> Kind | None:
    names = _entries(stream, size)
    if "OFD.xml" in names:
        return OFD
    if "[Content_Types].xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _entries(stream: BinaryIO, size: int) -> set[str]:
    """The names in a zip; nothing where it is broken, locked, or would unpack to more than is sensible."""
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    at = tail.rfind(_END_OF_ZIP)
    if at < 0 or len(tail) < at + 12 or struct.unpack_from("<H", tail, at + 10)[0] > ENTRY_LIMIT:
        return set()
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return set()
    locked = any(entry.flag_bits & 1 for entry in entries)
    if locked or sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        return set()
    return {entry.filename for entry in entries}


def _digest(stream: BinaryIO) -> str:
    state = hashlib.new("sm3")
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        state.update(chunk)
    stream.seek(0)
    return state.hexdigest()
