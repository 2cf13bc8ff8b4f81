"""Pictures without what they do not show: place, camera, owner, thumbnails, comments.

Nothing is cut out of the file: the pixels alone are drawn anew into a picture of its own, in a process with
limits (`__main__`), so what this program does not know of cannot be left behind either. Other files hold
more than anybody can take out with certainty; they are refused, with words what to do instead.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from jianfu.kernel.decisions import Refused, refuse
from jianfu.kernel.documents import uploads

ROOT = Path(__file__).resolve().parents[4]
MB = 1024 * 1024
ASK = "截图或拍照后传图片（JPG、PNG）。传之前遮住图上看得见的姓名、头像和水印"
BROKEN = "这张图片打不开，没有保存。换一张，或重新截图后再传"


@dataclass(frozen=True)
class Limits:
    memory: int = 1024 * MB
    seconds: int = 15
    file: int = 10 * MB
    pixels: int = 50_000_000
    edge: int = 2_600  # the longer side of what is kept


DEFAULT = Limits()


@dataclass(frozen=True)
class Cleaned:
    """What may be kept: the new picture, and nothing of the old file."""

    content: bytes
    content_type: str


def clean(stream: BinaryIO, size: int, limits: Limits = DEFAULT) -> Cleaned:
    """The picture drawn anew. Raises `Refused` for everything that is no JPEG or PNG, told by its content."""
    if not size:
        raise Refused(refuse("有一个文件是空的，没有保存。重新选择"))
    if size > limits.file:
        raise Refused(refuse(f"图片一张最多 {limits.file // MB} MB，这一张有 {size / MB:.1f} MB。截图后再传"))
    kind = uploads.kind_of(stream, size)
    if kind not in (uploads.JPEG, uploads.PNG):
        found = f"{kind.name}里" if kind else "这类文件里"
        raise Refused(refuse(f"{found}可能带有写的人的姓名、单位和修改记录，去不干净，没有保存。{ASK}"))
    return Cleaned(_drawn(stream.read(), limits), kind.content_type)


def _drawn(content: bytes, limits: Limits) -> bytes:
    command = [sys.executable, "-m", __package__ or "", json.dumps(asdict(limits))]
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
        raise Refused(refuse(BROKEN)) from None
    if done.returncode or not done.stdout:
        raise Refused(refuse(BROKEN))
    return done.stdout
