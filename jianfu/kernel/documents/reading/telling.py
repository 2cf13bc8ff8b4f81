"""How the reading process tells what it read: one line of JSON after the other, and how far it has come."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from typing import IO

from .cells import FileRefused
from .limits import Limits

# (column, kind, value) or (column, kind, value, 1) where the value is a formula's.
Told = tuple[int, str, str] | tuple[int, str, str, int]
PAUSE = 0.2  # seconds between two lines of progress
TOGETHER = 500  # rows in one line


class Teller:
    """Counts what passes against the limits of the whole file."""

    def __init__(self, out: IO[str], limits: Limits) -> None:
        self._out, self._limits = out, limits
        self._rows = self._cells = 0
        self._expected = self._done = 0
        self._said_at = 0.0
        self._waiting: list[tuple[int, list[Told]]] = []

    def begin(self, kind: str, encoding: str = "") -> None:
        self._say({"kind": kind, "encoding": encoding})

    def expect(self, size: int) -> None:
        self._expected = size

    def sheet(self, name: str, *, hidden: bool = False) -> None:
        self._flush()
        self._say({"sheet": name, "hidden": hidden})

    def row(self, number: int, cells: list[Told]) -> None:
        self._rows += 1
        self._cells += len(cells)
        if self._rows > self._limits.rows:
            raise FileRefused(f"表里超过 {self._limits.rows:,} 行，太多了。分成几份再上传")
        if self._cells > self._limits.cells:
            raise FileRefused(f"表里超过 {self._limits.cells:,} 格有内容，太多了。分成几份再上传")
        self._waiting.append((number, cells))
        if len(self._waiting) == TOGETHER:
            self._flush()

    def merged(self, ranges: list[tuple[int, int, int, int]]) -> None:
        self._flush()
        self._say({"merged": ranges})

    def comments(self, found: list[tuple[int, int, str]]) -> None:
        self._flush()
        self._say({"comments": found})

    def counting(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces as they are, their size counted for the progress."""
        for piece in pieces:
            yield piece
            self._done += len(piece)
            now = time.monotonic()
            if self._expected and now - self._said_at > PAUSE:
                self._said_at = now
                self._say({"progress": min(99, self._done * 100 // self._expected)})

    def end(self) -> None:
        self._flush()
        self._say({"done": True})

    def _flush(self) -> None:
        if self._waiting:
            self._say({"rows": self._waiting})
            self._waiting = []

    def _say(self, what: object) -> None:
        self._out.write(json.dumps(what, ensure_ascii=False, separators=(",", ":")))
        self._out.write("\n")
        self._out.flush()
