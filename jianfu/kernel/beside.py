"""A process beside the server, for what takes longer than a request may."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command

_MARK = "JIANFU_IS_BESIDE"


def start(command: str, *arguments: str) -> None:
    """Begin ``manage.py command``. The server does not wait for it; where no other process sees the database,
    as in tests, it is done here and now."""
    if not settings.JIANFU_BESIDE:
        call_command(command, *arguments)
        return
    subprocess.Popen(  # noqa: S603  our own program, with no shell
        [sys.executable, str(settings.BASE_DIR / "manage.py"), command, *arguments],
        env=os.environ | {_MARK: "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def is_one() -> bool:
    """Whether `start` began this process. A server, a test or a person's command must never be ended."""
    return _MARK in os.environ


def end_in(seconds: int) -> None:
    """Called by the process itself: what hangs is ended by the system. Called again, the time begins anew."""
    if is_one():
        signal.alarm(seconds)
