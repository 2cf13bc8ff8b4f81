"""Opening a year's ledger from a template, and who is asked to fill which row."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Decision, Refused, allow, refuse, require
from jianfu.kernel.workflow import save_tracked
from jianfu.organisations import selectors as organisations
from ledger.models import Assignment, BlankValue, Ledger, LedgerRow, LedgerTemplate, TemplateRow
from ledger.permissions import form as permissions
from ledger.rules import form as rules
from ledger.states import LedgerState, RowState

from .milestones import plan_milestones


@dataclass(frozen=True)
class Planned:
    """A row as it will be opened: the 科室 found, the names of the source that no 科室 bears, the due day.

    ``source`` is the row of a template or of an earlier ledger; ``words`` go before its own.
    """

    source: TemplateRow | LedgerRow
    sections: tuple[Any, ...]
    unknown: tuple[str, ...]
    due_on: date
    due_text: str
    words: Mapping[str, Any] = field(default_factory=dict)

    def says(self, name: str) -> Any:
        return self.words.get(name, getattr(self.source, name))


def plan(*, template: LedgerTemplate, district_id: int, year: int, fill_by: date) -> list[Planned]:
    """What opening would do, for the preview and for the doing."""
    known = _by_name(organisations.sections(district_id))
    rows = template.rows.prefetch_related("blanks")
    return [_planned(row, known, year, fill_by) for row in rows]


def _by_name(sections: Iterable[Any]) -> dict[str, Any]:
    """Each 科室 under its name, its short name and its aliases; the full name wins."""
    known: dict[str, Any] = {}
    for section in sections:
        for name in (section.short_name, *section.aliases.split("、")):
            known.setdefault(name.strip(), section)
    known.update({section.name: section for section in sections})
    known.pop("", None)
    return known


def _planned(row: TemplateRow, known: dict[str, Any], year: int, fill_by: date) -> Planned:
    found = tuple(dict.fromkeys(known[name] for name in row.sections if name in known))
    unknown = tuple(name for name in row.sections if name not in known)
    due_on, text = due(row.deadlines, year, fill_by)
    return Planned(row, found, unknown, due_on, text)


def due(deadlines: Sequence[dict[str, Any]], year: int, fill_by: date) -> tuple[date, str]:
    """The row's own first deadline in the ledger's year (a month alone is its last day), else ``fill_by``."""
    days = [(_day(year, item["month"], item["day"]), item["text"]) for item in deadlines]
    return min(days, default=(fill_by, ""))


def _day(year: int, month: int, day: int | None) -> date:
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day or last, last))


def open_ledger(
    *,
    template: LedgerTemplate,
    year: int,
    fill_by: date,
    by: Any,
    at: datetime | None = None,
    planned: Sequence[Planned] | None = None,
    source: str = "",
) -> Ledger:
    """Open the year for the person's district, from the template or as ``planned``. Raises `Refused` where it
    is open already. With the ``source`` of 补录 no 科室 is asked, and there is no plan of days."""
    require(permissions.may_open_ledger(by))
    require(_year_decision(year, dates.today()))
    at = at or dates.now()
    with transaction.atomic():
        district = type(by.person.district).objects.select_for_update().get(pk=by.district_id)
        if Ledger.objects.filter(district=district, year=year).exists():
            raise Refused(refuse(f"{year}年的台账已经打开，一年只有一本。请直接填报已有的台账"))
        ledger = Ledger(
            district=district,
            year=year,
            template=template,
            title=template.title.replace("{district}", district.name),
            columns=template.columns,
            fill_by=fill_by,
            source=source,
            state_entered_at=at,
            state=LedgerState.ENTERING if source else LedgerState.OPENED,
        )
        save_tracked(ledger, by=by, reason="补录往年台账" if source else "打开台账", at=at)
        if planned is None:
            planned = plan(template=template, district_id=district.pk, year=year, fill_by=fill_by)
        for each in planned:
            _write_row(ledger, each, by, at)
        if not source:
            topics = dict(template.rows.values_list("key", "topics"))
            plan_milestones(ledger=ledger, topics=topics, by=by, at=at)
        _record(ledger, by)
    return ledger


def open_past(*, template: LedgerTemplate, year: int, source: str, by: Any) -> Ledger:
    """补录: a year of before, to be entered from its paper. Raises `Refused` where the year has a ledger."""
    if year >= dates.today().year:
        raise Refused(refuse(f"补录的是往年的台账，{year}年的请打开新一年台账，再把已有的台账导入"))
    return open_ledger(template=template, year=year, fill_by=date(year, 12, 31), by=by, source=source)


def _record(ledger: Ledger, by: Any) -> None:
    trail.record(
        action="ledger.open",
        target=ledger,
        by=by,
        destination=ledger.state,
        data={
            "template": str(ledger.template),
            "fill_by": ledger.fill_by.isoformat(),
            "source": ledger.source,
        },
    )


def _year_decision(year: int, today: date) -> Decision:
    last = today.year + 1
    if rules.FIRST_YEAR <= year <= last:
        return allow()
    return refuse(f"年度填 {rules.FIRST_YEAR} 至 {last} 之间的四位数，现在是 {year}")


def _write_row(ledger: Ledger, planned: Planned, by: Any, at: datetime) -> None:
    source = planned.source
    same = ("key", "number", "group", "subject", "clause", "task", "requirement", "figures", "guidance")
    row = LedgerRow(
        ledger=ledger,
        sections_text=planned.says("sections_text") or "、".join(map(str, planned.sections)),
        due_on=planned.due_on,
        due_text=planned.due_text,
        state_entered_at=at,
        state=RowState.ASSIGNED,
        **{name: planned.says(name) for name in same},
    )
    save_tracked(row, by=by, reason="打开台账", at=at)
    for place, section in enumerate(planned.sections):
        Assignment.objects.create(row=row, organisation=section, is_lead=place == 0)
    kept = ("code", "name", "kind", "unit", "compares", "remark", "position")
    for blank in source.blanks.all():
        BlankValue.objects.create(row=row, **{name: getattr(blank, name) for name in kept})
