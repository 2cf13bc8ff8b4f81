"""The ledger of the demonstration district: 2025 signed and filed, 2026 in all states.

Everything goes through the services, by the people who would do it; only the dates are of their day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from jianfu.kernel import dates, registry
from jianfu.kernel.indicators import Value
from ledger.models import Ledger, LedgerRow, LedgerTemplate
from ledger.selectors import figures
from ledger.services.assigning import assign_sections, set_baselines
from ledger.services.filling import BlankInput, EntryInput, save_row
from ledger.services.milestones import complete_milestone
from ledger.services.opening import open_ledger
from ledger.services.templates import load_templates
from ledger.services.urging import urge_rows
from ledger.states import ValueSource
from ledger.workflow import LEDGER, ROW

YEARS = (2025, 2026)


def load_demo(context: dict[str, Any]) -> None:
    """``context`` holds "users" and "organisations" by their keys in fixtures/demo; again it adds nothing.
    The templates are loaded before (``registry.foundations``)."""
    for year in YEARS:
        path = settings.BASE_DIR / "fixtures" / "demo" / f"ledger-{year}.json"
        _load_year(json.loads(path.read_text(encoding="utf-8")), context)


def _load_year(data: Mapping[str, Any], context: dict[str, Any]) -> None:
    office = context["users"][data["opened_by"]]
    if Ledger.objects.filter(district_id=office.district_id, year=data["year"]).exists():
        return
    ledger = open_ledger(
        template=LedgerTemplate.objects.newest().get(code=data["template"]),
        year=data["year"],
        fill_by=date.fromisoformat(data["fill_by"]),
        by=office,
        at=dates.past_moment(data["opened_at"]),
    )
    if data["baselines"]:
        values = {code: (number, document) for code, (number, document) in data["baselines"].items()}
        set_baselines(ledger=ledger, values=values, by=office)
    for row in data["rows"]:
        _load_row(ledger, row, office, context)
    for record in data["milestones"]:
        _tick(ledger, record, context)
    for urging in data["urged"]:
        _urge(ledger, urging, context)
    for step in data["closing"]:
        _close(ledger, step, context)


def _tick(ledger: Ledger, record: Mapping[str, Any], context: dict[str, Any]) -> None:
    """节点 that no record of the program proves."""
    milestone = ledger.milestones.get(code=record["code"])
    with dates.as_of(dates.past_moment(record["at"])):
        complete_milestone(
            milestone=milestone,
            done_on=date.fromisoformat(record["done_on"]),
            note=record["note"],
            by=context["users"][record["by"]],
            expected_version=milestone.version,
        )


def _urge(ledger: Ledger, urging: Mapping[str, Any], context: dict[str, Any]) -> None:
    with dates.as_of(dates.past_moment(urging["at"])):
        rows = ledger.rows.filter(key__in=urging["rows"])
        urge_rows(rows=rows, note=urging["note"], by=context["users"][urging["by"]])


def _close(ledger: Ledger, step: Mapping[str, Any], context: dict[str, Any]) -> None:
    """汇总、签发、锁定、报送备案, each told on its day."""
    days = {name: date.fromisoformat(text) for name, text in step.get("days", {}).items()}
    with dates.as_of(dates.past_moment(step["at"])):
        LEDGER.perform(
            ledger,
            step["transition"],
            by=context["users"][step["by"]],
            note=step.get("note", ""),
            data={**step.get("data", {}), **days},
        )


def _load_row(ledger: Ledger, data: Mapping[str, Any], office: Any, context: dict[str, Any]) -> None:
    places = context["organisations"]
    row = assign_sections(
        row=ledger.rows.get(key=data["key"]),
        lead=places[data["lead"]],
        others=[places[code] for code in data["others"]],
        due_on=date.fromisoformat(data["due_on"]),
        by=office,
        at=ledger.state_entered_at,
    )
    for step in data["steps"]:
        by, at = context["users"][step["by"]], dates.past_moment(step["at"])
        if step["transition"] == "start":
            row = _fill(row, data, by, at, context)
        else:
            row = ROW.perform(row, step["transition"], by=by, note=step["note"], at=at)


def _fill(
    row: LedgerRow, data: Mapping[str, Any], by: Any, at: datetime, context: dict[str, Any]
) -> LedgerRow:
    """Each person writes their own entries behind the others'; who starts the row fills the blanks."""
    written: list[EntryInput] = []
    values = _values(row, data)
    for entry in data["entries"]:
        saved = [EntryInput(**{**vars(old), "pk": pk}) for old, pk in zip(written, _keys(row), strict=True)]
        written.append(_entry(entry))
        writer = context["users"][entry["by"]]
        row = save_row(row=row, by=writer, entries=[*saved, written[-1]], at=at)
    return save_row(row=row, by=by, blanks=values, at=at)


def _keys(row: LedgerRow) -> list[int]:
    return list(row.entries.order_by("position").values_list("pk", flat=True))


def _entry(data: Mapping[str, Any]) -> EntryInput:
    return EntryInput(
        kind=data["kind"],
        name=data["name"],
        quantity=None if data["quantity"] is None else Decimal(str(data["quantity"])),
        unit=data["unit"],
        ratio=None if data["ratio"] is None else Decimal(data["ratio"]),
        outcome=data["outcome"],
    )


def _values(row: LedgerRow, data: Mapping[str, Any]) -> dict[str, BlankInput]:
    """A computed value is what the records count; an entered one that differs says why."""
    typed: dict[str, BlankInput] = {}
    for value in data["values"]:
        number = value["value"]
        if value["source"] == ValueSource.COMPUTED:
            number = _counted(row, typed).get(value["blank"], number)
        typed[value["blank"]] = BlankInput(number, value["note"])
    return typed


def _counted(row: LedgerRow, typed: Mapping[str, BlankInput]) -> dict[str, Value]:
    ledger = row.ledger
    this = figures.values(figures.this_year(ledger)) | {code: blank.value for code, blank in typed.items()}
    return figures.measured(ledger, row.blanks.all(), last=figures.last_year(ledger), this=this)


def register() -> None:
    """The templates belong to every installation; the demonstration comes after the registers whose
    figures its rows take."""
    registry.foundations.register("templates", load_templates)
    registry.demonstrations.register("ledger", (50, load_demo))
