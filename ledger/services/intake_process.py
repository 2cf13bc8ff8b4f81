"""The process beside the server in which a file is read and a long plan is written."""

from __future__ import annotations

from jianfu.kernel import beside
from ledger.models import Intake

READ_SECONDS, WRITE_SECONDS = 80, 570  # the file itself is read in 25 at most (documents.reading)


def start(act: str, intake: Intake) -> None:
    """Begin ``act`` (read or write) on the upload. The server does not wait for it."""
    beside.start("intake", act, str(intake.pk))


def end_in_time(act: str) -> None:
    """Whatever hangs is ended by the system; the page then says so."""
    beside.end_in(READ_SECONDS if act == "read" else WRITE_SECONDS)
