"""Plays the demonstration's registers through the services, as the 科室 would have kept them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from jianfu.kernel import dates
from jianfu.kernel.dates import parse_date
from ledger.registers import REGISTERS, Register
from ledger.services.register import add_item, dispose_item
from ledger.states import Verdict

FILE = "registers.json"
OLDEST_ENTRY = date(2025, 1, 6)  # what was there before was entered when the register began


def load(context: dict[str, Any]) -> None:
    """``context``: folder, organisations by code, users by person's key. Loading again adds nothing."""
    folder: Path = context["folder"]
    for record in json.loads((folder / FILE).read_text("utf-8")):
        _play(record, context)


def _play(record: Mapping[str, Any], context: Mapping[str, Any]) -> None:
    register, by = REGISTERS[record["register"]], context["users"][record["by"]]
    details = _details(register, record["details"], context["organisations"])
    rows = register.model.objects.filter(district_id=by.district_id)
    if rows.filter(name=details["name"], begun_on=details["begun_on"]).exists():
        return
    with dates.as_of(_at_work(max(details["begun_on"], OLDEST_ENTRY))):
        item = add_item(register=register, details=details, by=by)
    for verdict, day, basis, *into in record["verdicts"]:
        target = rows.get(name=into[0]) if into else None
        item = _dispose(item, Verdict(verdict), date.fromisoformat(day), basis, target, by)
    for name, who, day, note in record.get("steps", ()):
        at = _at_work(date.fromisoformat(day))
        item = register.workflow.perform(item, name, by=context["users"][who], note=note, at=at)


def _dispose(item: Any, verdict: Verdict, day: date, basis: str, into: Any, by: Any) -> Any:
    with dates.as_of(_at_work(day)):
        return dispose_item(
            item=item,
            verdict=verdict,
            decided_on=day,
            basis=basis,
            merged_into=into,
            expected_version=item.version,
            by=by,
        )


def _details(register: Register, values: Mapping[str, Any], places: Mapping[str, Any]) -> dict[str, Any]:
    """Days, decimals and organisations as the columns have them; what the fixture leaves out stays empty."""
    details = {}
    for name, value in values.items():
        column = register.model._meta.get_field(name)
        kind = column.get_internal_type()
        if kind == "DateField":
            details[name] = parse_date(value) if value else None
        elif kind == "DecimalField":
            details[name] = Decimal(value)
        elif column.many_to_many:
            details[name] = [places[code] for code in value]
        else:
            details[name] = places[value] if column.is_relation else value
    return details


def _at_work(day: date) -> datetime:
    """When it was done, as it is told: never later than now."""
    return min(timezone.make_aware(datetime.combine(day, time(10, 40))), dates.now())
