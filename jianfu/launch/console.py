"""Words for the person at the keyboard, and commands run on their behalf."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SYSLIBS = ROOT / ".syslibs"  # Debian packages unpacked beside the project where nobody may install them


class Trouble(Exception):  # noqa: N818  not an error of ours: something is not to be had
    """Something cannot be had; the text is the one line a person reads."""


def say(chinese: str, english: str) -> None:
    sys.stderr.write(f"{chinese} / {english}\n")
    sys.stderr.flush()


def environment() -> dict[str, str]:
    """The variables for every child: text is UTF-8, and unpacked libraries are found."""
    env = dict(os.environ, PYTHONUTF8="1")
    if SYSLIBS.is_dir():
        # Chromium's sound libraries look for each other one folder further down.
        folders = ("usr/lib/*-linux-gnu*", "lib/*-linux-gnu*", "usr/lib/*-linux-gnu*/pulseaudio")
        places = [place for folder in folders for place in SYSLIBS.glob(folder)]
        kept = [env["LD_LIBRARY_PATH"]] if env.get("LD_LIBRARY_PATH") else []
        env["LD_LIBRARY_PATH"] = os.pathsep.join([*map(str, places), *kept])
    return env


def run(*command: object, trouble: str = "", **options: object) -> int:
    """Run to the end and give the exit code; with `trouble`, a failure ends everything with that line."""
    options.setdefault("cwd", ROOT)
    options.setdefault("env", environment())
    code = subprocess.call([str(part) for part in command], **options)
    if code and trouble:
        raise Trouble(trouble)
    return code
