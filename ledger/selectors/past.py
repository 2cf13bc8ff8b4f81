"""The ledger as it stood on a day, and what changed between two: read from the history of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from ledger.models import Ledger, LedgerRow
from ledger.states import RowState

WORDS = (("implementation", "落实情况"), ("reported_figures", "重点监测数据"), ("sections_text", "责任科室"))


@dataclass(frozen=True)
class Piece:
    """One column of a row on the two days."""

    label: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class PastRow:
    """One row on the two days; a row that was not there yet has nothing before."""

    number: int
    task: str
    url: str
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        return any(piece.changed for piece in self.pieces)


def rows_on(ledger: Ledger, day: date) -> dict[int, Any]:
    """What was saved of each row when the day ended, by the row's key; one query.

    Of two versions of the same moment the later one counts, so they come in order.
    """
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    versions = (
        LedgerRow.history.filter(ledger_id=ledger.pk, history_date__lt=end)
        .latest_of_each()
        .order_by("history_date", "history_id")
    )
    return {version.id: version for version in versions if version.history_type != "-"}


def between(ledger: Ledger, first: date, second: date) -> list[PastRow]:
    """Every row of the ledger as it stood when each of the two days ended; three queries."""
    before, after = rows_on(ledger, first), rows_on(ledger, second)
    rows = LedgerRow.objects.filter(ledger=ledger).order_by("number")
    return [_row(row, before, after) for row in rows if row.pk in before or row.pk in after]


def _row(row: LedgerRow, before: Mapping[int, Any], after: Mapping[int, Any]) -> PastRow:
    then, now = before.get(row.pk), after.get(row.pk)
    pieces = [Piece("状态", _state(then), _state(now))]
    pieces += [Piece(label, getattr(then, name, ""), getattr(now, name, "")) for name, label in WORDS]
    return PastRow(row.number, row.task.split("。")[0], row.get_absolute_url(), tuple(pieces))


def _state(version: Any) -> str:
    return RowState(version.state).label if version else "还没有"
