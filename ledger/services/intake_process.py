"""The process beside the server in which a file is read and a long plan is written."""

from __future__ import annotations

import signal
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command

from ledger.models import Intake

READ_SECONDS, WRITE_SECONDS = 80, 570  # the file itself is read in 25 at most (documents.reading)


def start(act: str, intake: Intake) -> None:
    """Begin ``act`` (read or write) on the upload. The server does not wait for it."""
    if not settings.JIANFU_INTAKE_APART:
        call_command("intake", act, str(intake.pk))
        return
    subprocess.Popen(  # noqa: S603  our own program, with no shell
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "intake", act, str(intake.pk)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def end_in_time(act: str) -> None:
    """Whatever hangs is ended by the system; the page then says so."""
    if settings.JIANFU_INTAKE_APART:
        signal.alarm(READ_SECONDS if act == "read" else WRITE_SECONDS)
