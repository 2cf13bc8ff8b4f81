"""The office's acts on several rows at once, and on the whole ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from jianfu.kernel.decisions import Decision, Refused, require
from ledger.models import LedgerRow
from ledger.workflow import ROW


def accept_rows(*, rows: Sequence[LedgerRow], versions: Mapping[int, int], by: Any) -> list[LedgerRow]:
    """Accept all of them or none, each in the version that was looked at (by row); raises `Refused` with
    the reason of each that cannot be accepted."""
    with transaction.atomic():
        refused = Decision()
        accepted = []
        for row in rows:
            try:
                accepted.append(ROW.perform(row, "accept", by=by, expected_version=versions[row.pk]))
            except Refused as refusal:
                refused &= refusal.decision.about(f"第 {row.number} 项")
        require(refused)
    return accepted
