"""Text files with commas or tabs (.csv): the encoding is decided for the whole file, and never guessed."""

from __future__ import annotations

import csv
import io
from typing import IO

from .cells import TEXT, FileRefused
from .limits import Limits
from .telling import Teller, Told

_BOM = b"\xef\xbb\xbf"


def decoded(content: bytes) -> tuple[str, str]:
    """(text, encoding): UTF-8 where the whole file is, else GB18030 where the whole file is."""
    for encoding in ("utf-8-sig",) if content.startswith(_BOM) else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding), "UTF-8" if encoding == "utf-8-sig" else "GB18030"
        except UnicodeDecodeError:
            continue
    raise FileRefused("文字编码既不是 UTF-8 也不是 GB18030，读出来会是乱码。另存为“CSV UTF-8”再上传")


def read_separated(file: IO[bytes], tell: Teller, limits: Limits) -> str:
    """Tell of the one sheet; returns the encoding."""
    file.seek(0)
    text, encoding = decoded(file.read())
    if "\x00" in text:
        raise FileRefused("文件里有不能读的字符，可能不是文字文件。另存为 .xlsx 再上传")
    tell.begin("csv", encoding)
    tell.sheet("CSV")
    first = text[: text.find("\n")] if "\n" in text else text
    csv.field_size_limit(limits.cell_text)
    lines = csv.reader(
        io.StringIO(text, newline=""),
        delimiter="\t" if "\t" in first and "," not in first else ",",
        strict=True,
    )
    _tell_rows(lines, tell, limits)
    return encoding


def _tell_rows(lines: object, tell: Teller, limits: Limits) -> None:
    number = 0
    try:
        for number, line in enumerate(lines, 1):  # type: ignore[call-overload]
            if len(line) > limits.last_column:
                raise FileRefused(f"第 {number} 行超过 {limits.last_column} 列。核对逗号和引号后再上传")
            cells: list[Told] = [
                (column, TEXT, value) for column, value in enumerate(line, 1) if value.strip()
            ]
            if cells:
                tell.row(number, cells)
    except csv.Error as error:
        raise FileRefused(f"第 {number + 1} 行的引号不成对，读不下去。改好或另存为 .xlsx 再上传") from error
