"""The line of uploads that wait to be read: only a few processes read at once in a deployment, whoever sent
them, and each goes on with the next in line when it is done."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from jianfu.kernel import dates
from ledger.models import Intake
from ledger.states import IntakeState
from ledger.workflow import INTAKE

from . import intake_process

READ_LATE = timedelta(seconds=90)  # by then the reading process has ended, one way or the other
BEGUN, ENDED = 1, 100  # an upload's progress while a process may be at work on it, and when none is


def call() -> None:
    """Start a process for each free place and each upload that waits."""
    while (intake := next_one()) is not None:
        intake_process.start("read", intake)


def next_one() -> Intake | None:
    """The first of the line, begun; None where nobody waits or no place is free.

    All that wait or are read are locked first: of two that ask at once, the second counts what the first has
    begun.
    """
    if not _in_line().exists():
        return None
    with transaction.atomic():
        rows = Intake.objects.filter(state__in=(IntakeState.WAITING, IntakeState.READING)).order_by("pk")
        list(rows.select_for_update().values_list("pk", flat=True))
        first = _in_line().select_related("uploaded_by__person").first()
        if first is None or _at_work(dates.now()) >= max(settings.JIANFU_READINGS_AT_ONCE, 1):
            return None
        begun: Intake = INTAKE.perform(first, "begin", by=first.uploaded_by)
        Intake.objects.filter(pk=begun.pk).update(progress=BEGUN)
    return begun


def ahead_of(intake: Intake) -> int:
    """How many uploads are read before this one is begun."""
    since = intake.state_entered_at
    earlier = Q(state_entered_at__lt=since) | Q(state_entered_at=since, pk__lt=intake.pk)
    return _in_line().filter(earlier).count()


def _in_line() -> QuerySet[Intake]:
    return Intake.objects.filter(state=IntakeState.WAITING).order_by("state_entered_at", "pk")


def _at_work(now: datetime) -> int:
    """How many processes read. One whose upload was given up meanwhile ends at its next note of progress, and
    keeps its place until it says so; one that died is waited for no longer than it may last."""
    given_up = Q(state=IntakeState.DISCARDED, progress__gte=BEGUN, progress__lt=ENDED)
    read = Intake.objects.filter(Q(state=IntakeState.READING) | given_up)
    return read.filter(state_entered_at__gt=now - READ_LATE).count()
