"""催办: the office urges the 科室 of rows that are not reported, each at most once a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Decision, Refusal, allow, refuse, require
from ledger.models import LedgerRow, RowReminder
from ledger.permissions.milestones import may_urge

NOTE_LIMIT = RowReminder._meta.get_field("note").max_length or 0


@dataclass(frozen=True)
class Urged:
    """The rows that were urged, and of the others why not."""

    rows: tuple[LedgerRow, ...]
    left: Decision


def urge_rows(*, rows: Iterable[LedgerRow], note: str, by: Any) -> Urged:
    """Urge each row that may be urged; raises `Refused` with every reason where none may."""
    note = note.strip()
    require(_worded(note))
    urged, left = [], Decision()
    with transaction.atomic():
        keys = sorted(row.pk for row in rows)
        found = LedgerRow.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
        for row in found.select_related("ledger").prefetch_related("assignments"):
            decision = may_urge(row, by) and _not_today(row)
            if decision:
                _write(row, note, by)
                urged.append(row)
            else:
                left &= Decision(*(_named(row, reason) for reason in decision.refusals))
        if not urged:
            require(left if left.refusals else refuse("勾选要催办的任务"))
    return Urged(tuple(urged), left)


def _write(row: LedgerRow, note: str, by: Any) -> None:
    RowReminder.objects.create(
        row=row,
        state=row.state,
        by=by.person,
        organisation_name=str(by.organisation or ""),
        note=note,
        day=dates.today(),
        at=dates.now(),
    )
    trail.record(action="ledger_row.urged", target=row, by=by, note=note, source=row.state)


def _not_today(row: LedgerRow) -> Decision:
    earlier = row.reminders.filter(day=dates.today()).select_related("by").first()
    if earlier is None:
        return allow()
    at = f"{timezone.localtime(earlier.at):%H:%M}"
    return refuse(f"今天 {at} {earlier.by.name}已经催办过。一天催办一次，明天可以再催")


def _named(row: LedgerRow, reason: Refusal) -> Refusal:
    return Refusal(f"第 {row.number} 项：{reason.message}", reason.code, reason.clause)


def _worded(note: str) -> Decision:
    if not note:
        return refuse("填写催办的话，一句话即可")
    if len(note) > NOTE_LIMIT:
        return refuse(f"催办的话最多 {NOTE_LIMIT} 字，现在是 {len(note)} 字")
    return allow()
