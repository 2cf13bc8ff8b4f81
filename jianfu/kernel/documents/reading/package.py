"""The zip that a workbook or a document is: looked at before anything is unpacked, and unpacked in pieces."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from .cells import FileRefused
from .limits import MB, Limits
from .markup import Walker
from .recognising import SAVE_AS

CHUNK = 256 * 1024
DAMAGED = "文件已经损坏，里面缺东西。用 Excel 或 WPS 打开后另存一份再上传"


class Package:
    """The parts by name. Names are looked up as programs do: without regard to capitals or the slash's
    side."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise FileRefused(DAMAGED) from error
        self._parts = {_plain(info.filename): info for info in self._zip.infolist()}
        self._refuse_bombs(limits)
        self._left = limits.inflated

    def _refuse_bombs(self, limits: Limits) -> None:
        """By what the directory says; a directory that lies is caught by `pieces`, which counts."""
        parts = self._zip.infolist()
        if len(parts) > limits.parts:
            raise FileRefused(f"文件里有 {len(parts):,} 个部分，不像正常的表格。{SAVE_AS}")
        for info in parts:
            if info.flag_bits & 0x1:
                raise FileRefused("文件设了打开密码，读不了。去掉密码再上传")
            if info.file_size > MB and info.file_size > limits.ratio * max(info.compress_size, 1):
                raise FileRefused("文件解开后大得不正常，为安全起见不读。把要导入的表复制到新文件再上传")
        if sum(info.file_size for info in parts) > limits.inflated:
            most = limits.inflated // MB
            raise FileRefused(f"文件解开后超过 {most} MB，太大了。删去图片和不用的表，或分成几份再上传")

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def names(self) -> Iterator[str]:
        return iter(self._parts)

    def size(self, name: str) -> int:
        info = self._parts.get(_plain(name))
        return info.file_size if info else 0

    def pieces(self, name: str) -> Iterator[bytes]:
        """The part, unpacked piece by piece; everything unpacked counts against one limit."""
        info = self._parts.get(_plain(name))
        if info is None:
            raise FileRefused(DAMAGED)
        try:
            with self._zip.open(info) as part:
                while piece := part.read(CHUNK):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise FileRefused("文件解开后太大。删去图片和不用的表，或分成几份再上传")
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise FileRefused(DAMAGED) from error

    def walk(self, name: str, walker: Walker) -> None:
        walker.feed(self.pieces(name))


def beside(part: str, target: str) -> str:
    """The part that ``target`` means where it stands in the relations of ``part``."""
    if target.startswith("/"):
        return target
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target.replace("\\", "/")))


def relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
