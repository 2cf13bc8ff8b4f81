"""Erasing what is no longer needed: by the daily command, never by a person's choice, each with its event."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.workflow import locked, save_tracked
from whitelist.complaints.erasure import evidence_due_on, identity_due_on
from whitelist.models import Complaint


def erase_due(on: date | None = None, *, rehearsal: bool = False) -> tuple[int, int]:
    """(identities, complaints with evidence) erased, or that would be. May be broken off and run again."""
    today = on or dates.today()
    named, shown = Complaint.objects.ended().named(), Complaint.objects.ended().with_evidence()
    return (
        _each(named, identity_due_on, _erase_identity, today, rehearsal),
        _each(shown, evidence_due_on, _erase_evidence, today, rehearsal),
    )


def erased(rehearsal: bool = False) -> str:
    """Does it and says so, without the number of a complaint: the words may be kept in a log."""
    named, shown = erase_due(rehearsal=rehearsal)
    verb = "到期应删除" if rehearsal else "已按规定删除"
    return f"投诉举报：{verb}联系方式 {named} 件、证据 {shown} 件" if named or shown else ""


def _each(
    rows: Any,
    due_on: Callable[[Any, date], date | None],
    erase: Callable[[Complaint, date], None],
    today: date,
    rehearsal: bool,
) -> int:
    """Each in a transaction of its own, asked again under its lock: it may have been reopened meanwhile."""
    count = 0
    for complaint in list(_due(rows.order_by("pk"), due_on, today)):
        with transaction.atomic():
            fresh = locked(complaint)
            if not rows.filter(pk=fresh.pk).exists() or not list(_due([fresh], due_on, today)):
                continue
            if not rehearsal:
                erase(fresh, today)
            count += 1
    return count


def _due(
    rows: Iterable[Complaint], due_on: Callable[[Any, date], date | None], today: date
) -> Iterable[Complaint]:
    for row in rows:
        due = due_on(row, today)
        if due and due <= today:
            yield row


def _erase_identity(complaint: Complaint, today: date) -> None:
    """A telephone under which something was made up stays known by its digest, which nobody can read."""
    complaint.identity, complaint.identity_erased_on = "", today
    if not complaint.fabricated_on:
        complaint.identity_digest = ""
    save_tracked(complaint, by=None, reason="按规定删除联系方式")
    trail.record(action="complaint.identity_erased", target=complaint, by=None)


def _erase_evidence(complaint: Complaint, today: date) -> None:
    """The file goes first: a row that is left without one is found again by the next run."""
    files = list(complaint.evidence.all())
    for row in files:
        row.file.storage.delete(row.file.name)
        row.delete()
    complaint.evidence_erased_on = today
    save_tracked(complaint, by=None, reason="按规定删除证据")
    data = {"files": len(files)}
    trail.record(action="complaint.evidence_erased", target=complaint, by=None, data=data)
