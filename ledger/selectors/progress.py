"""Progress at a glance: each 科室 with the rows that it leads, who fills them, since when, how late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from jianfu.kernel.calendar import Remaining
from jianfu.organisations import selectors as organisations
from jianfu.organisations.states import Role
from ledger.models import Ledger, LedgerRow, RowReminder
from ledger.selectors.ledger import Tally, remaining, tally
from ledger.states import TONES


@dataclass(frozen=True)
class RowProgress:
    """One row: ``fillers`` wrote in it, or may; ``since`` is the day of its present state."""

    row: LedgerRow
    tone: str
    remaining: Remaining | None
    late: bool
    fillers: str
    others: str
    since: date
    urged: int
    urged_today: bool

    @property
    def urged_words(self) -> str:
        return f"被催办 {self.urged} 次" if self.urged else ""


@dataclass(frozen=True)
class SectionProgress:
    """A 科室 and the rows that it leads; None stands for rows that nobody was named for."""

    section: Any
    tally: Tally
    rows: tuple[RowProgress, ...]

    @property
    def name(self) -> str:
        return str(self.section) if self.section else "未指定科室"


@dataclass(frozen=True)
class Progress:
    """Every row stands under exactly one 科室, so that the numbers of all add up to the ledger's."""

    tally: Tally
    sections: tuple[SectionProgress, ...]

    @property
    def rows(self) -> list[RowProgress]:
        return [row for section in self.sections for row in section.rows]


def progress(ledger: Ledger, rows: Sequence[LedgerRow], on: date) -> Progress:
    """``rows`` as `LedgerRows.for_grid` brings them; three more queries however many there are."""
    clerks = _clerks(ledger.district_id, on)
    urged = RowReminder.objects.counts(rows)
    today = RowReminder.objects.of_day(rows, on)
    led: dict[Any, list[RowProgress]] = {}
    for row in rows:
        named = [item.organisation for item in row.assignments.all()]
        lead = named[0] if named else None
        line = RowProgress(
            row=row,
            tone=TONES[row.state],
            remaining=remaining(row, on),
            late=row.is_late(on),
            fillers=_fillers(row, clerks.get(lead.pk, []) if lead else []),
            others="、".join(map(str, named[1:])),
            since=timezone.localdate(row.state_entered_at),
            urged=urged.get(row.pk, 0),
            urged_today=row.pk in today,
        )
        led.setdefault(lead, []).append(line)
    ordered = sorted(
        led, key=lambda section: (section is None, getattr(section, "position", 0), str(section))
    )
    found = [
        SectionProgress(key, tally((line.row for line in led[key]), on), tuple(led[key])) for key in ordered
    ]
    return Progress(tally(rows, on), tuple(found))


def _clerks(district_id: int, on: date) -> dict[int, list[str]]:
    """Who fills for each 科室, by name; one query."""
    found: dict[int, list[str]] = {}
    for row in organisations.holders(district_id, [Role.SECTION_CLERK], on):
        found.setdefault(row.organisation_id, []).append(row.person.name)
    return found


def _fillers(row: LedgerRow, clerks: Iterable[str]) -> str:
    """Who has written in the row; before anybody has, who may."""
    wrote = [person.name for person in row.contributors.all()]
    names = list(dict.fromkeys(wrote or clerks))
    return "、".join(names[:3]) + (f"等 {len(names)} 人" if len(names) > 3 else "")


def reminders_of(row: LedgerRow) -> list[RowReminder]:
    """What the 科室 was reminded of since it last reported, the newest first; nothing once it has."""
    if not row.is_fillable:
        return []
    return list(RowReminder.objects.filter(row=row).standing().select_related("by"))
