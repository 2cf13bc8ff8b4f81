"""The other side: starts the reading process, listens to it, and ends it when its time is up."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from .cells import DATE, FLAG, NUMBER, PERCENT, Book, Cell, FileRefused, Merged, Sheet
from .formats import from_iso
from .limits import DEFAULT, Limits

ROOT = Path(__file__).resolve().parents[4]
STOPPED = "读文件的程序中途停了，没有读完。再上传一次；还是这样，就把表复制到新文件再上传"
log = logging.getLogger(__name__)


def read(
    file: IO[bytes],
    name: str,
    *,
    progress: Callable[[int], None] | None = None,
    limits: Limits = DEFAULT,
) -> Book:
    """Read an untrusted file in a process of its own; ``file`` is an open file of the system, read from its
    beginning. ``progress`` is told 0 to 99.

    Raises FileRefused with one sentence for a person.
    """
    file.seek(0)
    process = subprocess.Popen(  # noqa: S603  our own program, with no shell
        [sys.executable, "-m", __package__ or "", name[-100:], json.dumps(asdict(limits))],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PATH": os.defpath},
    )
    late = threading.Event()
    timer = threading.Timer(limits.seconds, _end, (process, late))
    timer.start()
    try:
        return _Listener(progress).hear(process.stdout or (), late, limits)
    finally:
        timer.cancel()
        process.kill()
        _output, said = process.communicate()
        if said:
            log.warning("%s", said.decode("utf-8", "replace")[-1000:])


def _end(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


class _Listener:
    """Puts together what is told."""

    def __init__(self, progress: Callable[[int], None] | None) -> None:
        self._progress = progress
        self._book = Book("")

    def hear(self, lines: Iterable[bytes], late: threading.Event, limits: Limits) -> Book:
        for line in lines:
            told = _parsed(line)
            if "done" in told:
                return self._book
            self._take(told)
        if late.is_set():
            raise FileRefused(f"{limits.seconds} 秒没有读完，文件太大或太复杂。分成几份再上传")
        raise FileRefused(STOPPED)

    def _take(self, told: dict[str, Any]) -> None:
        if "refused" in told:
            raise FileRefused(told["refused"])
        if "kind" in told:
            self._book = Book(told["kind"], encoding=told["encoding"])
        elif "sheet" in told:
            self._book.sheets.append(Sheet(told["sheet"], hidden=told["hidden"]))
        elif "progress" in told and self._progress:
            self._progress(told["progress"])
        elif self._book.sheets:
            self._fill(self._book.sheets[-1], told)

    @staticmethod
    def _fill(sheet: Sheet, told: dict[str, Any]) -> None:
        for number, cells in told.get("rows", ()):
            filled = {cell[0]: _cell(number, *cell) for cell in cells}
            sheet.rows.setdefault(number, filled).update(filled)
        sheet.merged += [Merged(*found) for found in told.get("merged", ())]
        sheet.comments |= {(row, column): words for row, column, words in told.get("comments", ())}


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(line)
    except ValueError as error:  # broken off in the middle of a line
        raise FileRefused(STOPPED) from error
    return told


def _cell(row: int, column: int, kind: str, value: str, formula: int = 0) -> Cell:
    typed: Any = value
    if kind in {NUMBER, PERCENT}:
        typed = Decimal(value)
    elif kind == DATE:
        typed = from_iso(value)
    elif kind == FLAG:
        typed = value == "1"
    return Cell(row, column, kind, typed, bool(formula))
