"""Files that hold a key: readable by the one account alone, made once, never half-written."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def written_aside(path: Path, content: bytes) -> Path:
    """The content in a file (0600) beside the real one, to be moved into its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{os.getpid()}")
    aside.unlink(missing_ok=True)
    aside.touch(mode=0o600)
    aside.write_bytes(content)
    return aside


def create_once(path: Path, content: bytes) -> bool:
    """False where there is a file already, which is never replaced; of two at once one makes it."""
    aside, made = written_aside(path, content), False
    with contextlib.suppress(FileExistsError):
        os.link(aside, path)
        made = True
    aside.unlink()
    return made
