"""Pictures and PDFs without what they do not show: place, camera, owner, author, notes, attachments.

Nothing is cut out of the file: what is seen is drawn anew into a file of its own, in a process with limits
(`__main__`), so what this program does not know of cannot be left behind either. A PDF becomes one whose
pages are pictures. Other files (Word, Excel) look different wherever they are drawn, and hold more than
anybody can take out with certainty; they are refused, with words what to do instead.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from jianfu.kernel.decisions import Refused, refuse
from jianfu.kernel.documents import uploads

ROOT = Path(__file__).resolve().parents[4]
MB = 1024 * 1024
OFFICE = (uploads.DOC, uploads.DOCX, uploads.XLS, uploads.XLSX, uploads.OFD)
SAVE_AS = "请在 WPS 或 Word 里另存为 PDF，或拍照、截图后上传"
BROKEN = "这张图片打不开，没有保存。换一张，或重新截图后再传"
BROKEN_PDF = "这个 PDF 打不开，没有保存。用 WPS 或浏览器打开后另存一份，或截图后上传"
UNFIT = 3  # the drawing process ends with it where it has words of its own


@dataclass(frozen=True)
class Limits:
    memory: int = 1024 * MB
    seconds: int = 20
    file: int = 10 * MB
    pixels: int = 50_000_000
    edge: int = 2_600  # the longer side of a picture that is kept
    pages: int = 30
    metres: int = 3  # the longer side of a page
    page_pixels: int = 16_000_000  # A2 at `dpi`; a longer page is drawn coarser
    dpi: int = 150
    made: int = 20 * MB  # the new PDF


DEFAULT = Limits()


@dataclass(frozen=True)
class Cleaned:
    """What may be kept: the new picture or PDF, and nothing of the old file."""

    content: bytes
    content_type: str


def clean(stream: BinaryIO, size: int, limits: Limits = DEFAULT) -> Cleaned:
    """Drawn anew. Raises `Refused` for everything that is no JPEG, PNG or PDF, told by its content."""
    if not size:
        raise Refused(refuse("有一个文件是空的，没有保存。重新选择"))
    if size > limits.file:
        words = f"图片、PDF 一个最多 {limits.file // MB} MB，这一个有 {size / MB:.1f} MB。截图后再传"
        raise Refused(refuse(words))
    kind = uploads.kind_of(stream, size) or _cut_short(stream)
    if kind not in (uploads.JPEG, uploads.PNG, uploads.PDF):
        raise Refused(refuse(_not_taken(kind)))
    return Cleaned(_drawn(stream.read(), kind, limits), kind.content_type)


def _cut_short(stream: BinaryIO) -> uploads.Kind | None:
    """A PDF whose end is missing is told to be broken, or drawn where it can be read all the same."""
    head = stream.read(5)
    stream.seek(0)
    return uploads.PDF if head == b"%PDF-" else None


def _not_taken(kind: uploads.Kind | None) -> str:
    if kind in OFFICE:
        return f"{kind.name}里可能带有写的人的姓名、单位和修改记录，去不干净，没有保存。{SAVE_AS}"
    return "这个文件不是 JPG、PNG 图片，也不是 PDF，没有保存。用原来的软件打开，另存为 PDF，或截图后上传"


def _drawn(content: bytes, kind: uploads.Kind, limits: Limits) -> bytes:
    is_pdf = kind is uploads.PDF
    command = [sys.executable, "-m", __package__ or "", kind.endings[0], json.dumps(asdict(limits))]
    env = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PATH": os.defpath}
    try:
        done = subprocess.run(  # noqa: S603  our own program, with no shell
            command,
            input=content,
            capture_output=True,
            cwd=ROOT,
            env=env,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused(refuse(_too_long(limits) if is_pdf else BROKEN)) from None
    if done.returncode == -signal.SIGXCPU and is_pdf:
        raise Refused(refuse(_too_long(limits)))
    if done.returncode == UNFIT:
        raise Refused(refuse(done.stderr.decode()))
    if done.returncode or not done.stdout:
        raise Refused(refuse(BROKEN_PDF if is_pdf else BROKEN))
    return done.stdout


def _too_long(limits: Limits) -> str:
    return f"这个 PDF {limits.seconds} 秒没有画完，内容太复杂，没有保存。只留有关的几页另存一份，或截图后上传"
