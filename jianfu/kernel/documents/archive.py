"""A zip that is handed out while it is made: never more in memory than the part being written.

Names are made so that every unpacking program at hand writes them: forbidden characters of Windows are
replaced, and so is what GBK has no place for, because older Chinese programs read names as GBK, whatever the
archive's flag says; Python sets that flag (UTF-8) for every name beyond ASCII.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from .text import printable

CHUNK = 64 * 1024
NAME_LIMIT = 80
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\n]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_FULL_WIDTH = str.maketrans('\\/:*?"<>|', "＼／：＊？＂＜＞｜")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an archive. ``content`` is asked for only when its turn comes: bytes, or an open file."""

    name: str
    content: Callable[[], bytes | IO[bytes]]
    at: datetime


def safe_name(text: str, folder: str = "") -> str:
    """A file name for every system, its ending kept; ``folder`` is one of ours and stands in front."""
    name = unicodedata.normalize("NFC", printable(text)).translate(_FULL_WIDTH)
    name = _FORBIDDEN.sub("_", name)
    name = "".join(char if _in_gbk(char) else "_" for char in name).strip(" .") or "未命名"
    if _RESERVED.match(name):
        name = f"_{name}"
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > 8:
        stem, dot, ending = name, "", ""
    stem = stem[: NAME_LIMIT - len(ending) - 1].rstrip(" .") or "未命名"
    return f"{folder}/{stem}{dot}{ending}" if folder else f"{stem}{dot}{ending}"


def _in_gbk(char: str) -> bool:
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def distinct(names: Iterable[str]) -> list[str]:
    """The names, each once, also where capitals do not count: the second 方案.pdf is 方案(2).pdf."""
    seen: set[str] = set()
    found = []
    for name in names:
        stem, dot, ending = name.rpartition(".")
        count, now = 1, name
        while now.casefold() in seen:
            count += 1
            now = f"{stem}({count}){dot}{ending}" if stem else f"{name}({count})"
        seen.add(now.casefold())
        found.append(now)
    return found


def stream(parts: Iterable[Part]) -> Iterator[bytes]:
    """The archive in pieces. A part that cannot be read breaks it off: half of one must not look whole."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in parts:
            info = zipfile.ZipInfo(part.name, part.at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as member:
                for piece in _pieces(part.content()):
                    member.write(piece)
                    yield from sink.take()
            yield from sink.take()
    yield from sink.take()


def _pieces(content: bytes | IO[bytes]) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content:
        while piece := content.read(CHUNK):
            yield piece


class _Sink:
    """Where zipfile writes: a queue that is emptied after every piece. It can neither seek nor tell."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing lies behind it."""

    def take(self) -> Iterator[bytes]:
        waiting, self._waiting = self._waiting, []
        if waiting:
            yield b"".join(waiting)
