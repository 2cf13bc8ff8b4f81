"""Who fills which row, by when, and what last year's figure was where no ledger holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from jianfu.kernel import trail
from jianfu.kernel.decisions import Decision, allow, refuse, require
from jianfu.kernel.workflow import locked, save_tracked
from jianfu.organisations import selectors as organisations
from ledger.models import Assignment, Baseline, BlankValue, Ledger, LedgerRow
from ledger.permissions import form as permissions


def assign_sections(
    *,
    row: LedgerRow,
    lead: Any,
    others: Iterable[Any] = (),
    by: Any,
    due_on: date | None = None,
    at: datetime | None = None,
) -> LedgerRow:
    """Name the 科室 of a row anew; the printed words of the source stay, unless it named none."""
    with transaction.atomic():
        fresh = locked(row)
        require(permissions.may_assign(fresh, by) & permissions.is_open(fresh.ledger))
        chosen = list(dict.fromkeys([lead, *others]))
        require(_are_sections(chosen, fresh.district_id))
        Assignment.objects.filter(row=fresh).delete()
        for section in chosen:
            Assignment.objects.create(row=fresh, organisation=section, is_lead=section == lead)
        names = "、".join(map(str, chosen))
        fresh.sections_text = fresh.sections_text or names
        fresh.due_on = due_on or fresh.due_on
        save_tracked(fresh, by=by, reason=f"责任科室：{names}", at=at)
        trail.record(action="ledger_row.assign", target=fresh, by=by, data={"sections": names})
    return fresh


def set_baselines(*, ledger: Ledger, values: Mapping[str, tuple[int, str]], by: Any) -> None:
    """Last year's figures by blank code, each (number, source document); codes left out lose theirs."""
    with transaction.atomic():
        fresh = locked(ledger)
        require(permissions.may_set_baselines(fresh, by) & permissions.is_open(fresh))
        known = {row.code: row for row in fresh.baselines.all()}
        for code in known.keys() - values.keys():
            known[code].delete()
        for code, (number, document) in values.items():
            row = known.get(code) or Baseline(ledger=fresh, code=code)
            row.number, row.document, row._history_user = number, document, by
            row.save()
        trail.record(action="ledger.baselines", target=fresh, by=by, data={"codes": sorted(values)})


def baseline_blanks(ledger: Ledger) -> list[BlankValue]:
    """The blanks that another one compares itself with: those for which last year's figure is needed."""
    blanks = BlankValue.objects.filter(row__ledger=ledger).order_by("row__number", "position")
    compared = {blank.compares for blank in blanks if blank.compares}
    return [blank for blank in blanks if blank.code in compared]


def _are_sections(chosen: list[Any], district_id: int) -> Decision:
    known = set(organisations.sections(district_id))
    if all(section in known for section in chosen):
        return allow()
    return refuse("责任科室只能选本区县在用的科室，重新选择")
