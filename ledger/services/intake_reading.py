"""What the process beside the server does with an upload: read it into a plan, or write a long one.

The file itself is opened only by a further process without settings or database (`documents.reading`).
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import transaction

from jianfu.kernel.decisions import Refused
from jianfu.kernel.documents import reading
from jianfu.kernel.intake import Plan
from ledger.models import Intake
from ledger.states import IntakeState
from ledger.workflow import INTAKE

from . import intake_line, intake_process
from .intake import end_upload, target_of, write

PAUSE = 0.5  # seconds between two notes of progress
UNREAD = "文件读出来了，但核对时出了问题，没有写入任何内容。已记录，请联系技术人员"
log = logging.getLogger(__name__)


class _GivenUp(Exception):  # noqa: N818 - nothing went wrong
    """The person does not want the file read any more."""


def run(act: str, pk: int) -> None:
    """Do it, here and now. An upload that moved on meanwhile is left alone."""
    intake = Intake.objects.select_related("uploaded_by__person").get(pk=pk)
    with contextlib.suppress(Refused):
        (_read if act == "read" else _write)(intake)
    while act == "read" and (following := intake_line.next_one()) is not None:
        intake_process.end_in_time(act)
        with contextlib.suppress(Refused):
            _read(following)


def _read(intake: Intake) -> None:
    by = intake.uploaded_by
    if intake.state == IntakeState.WAITING:
        intake = INTAKE.perform(intake, "begin", by=by)
    try:
        if intake.state == IntakeState.READING:
            _understand(intake, by)
    finally:
        Intake.objects.filter(pk=intake.pk).update(progress=intake_line.ENDED)


def _understand(intake: Intake, by: Any) -> None:
    try:
        plan = _plan(intake, by)
    except reading.FileRefused as refused:
        _fail(intake, by, str(refused))
    except Refused as refused:
        _fail(intake, by, refused.decision.text)
    except _GivenUp:
        return
    except Exception:
        log.exception("intake %s", intake.pk)
        _fail(intake, by, UNREAD)
    else:
        with transaction.atomic():
            Intake.objects.filter(pk=intake.pk).update(plan=plan.as_json())
            INTAKE.perform(intake, "understand", by=by, data={"changes": len(plan.changes)})


def _plan(intake: Intake, by: Any) -> Plan:
    target, found = target_of(intake, by)
    with intake.file.open("rb") as file:
        book = reading.read(file.file, intake.name, progress=_noting(intake))
    plan = target.read(found, book, by)
    return replace(plan, data={**plan.data, "sha256": intake.digest})


def _noting(intake: Intake) -> Callable[[int], None]:
    """Keeps how far the reading has come where the page can see it."""
    said_at = [0.0]

    def note(progress: int) -> None:
        if time.monotonic() - said_at[0] > PAUSE:
            said_at[0] = time.monotonic()
            mine = Intake.objects.filter(pk=intake.pk, state=IntakeState.READING)
            if not mine.update(progress=max(progress, intake_line.BEGUN)):
                raise _GivenUp

    return note


def _fail(intake: Intake, by: Any, words: str) -> None:
    end_upload(intake, "fail", by=by, note=words[:500])


def _write(intake: Intake) -> None:
    by = intake.uploaded_by
    try:
        write(intake=intake, by=by)
    except Refused as refused:
        INTAKE.perform(intake, "give_back", by=by, note=refused.decision.text[:500])
