"""Plays the demonstration's surveys and borrowings, and what the bureau has on file already."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from approvals import services
from approvals.demo import PREPARED
from approvals.models import Application, HeldData
from jianfu.kernel import dates, registry
from jianfu.kernel.workflow import save_tracked

_DATES = frozenset(
    {"starts_on", "ends_on", "given_out_on", "hand_in_on", "agreed_on", "decided_on", "returned_on", "as_of"}
)


def load(context: dict[str, Any]) -> None:
    """As `approvals.demo.load`; loading again adds nothing."""
    path = context["folder"] / "lending.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    for row in told["held_data"]:
        _keep(row, context["organisations"])
    for record in told["matters"]:
        organisation = context["organisations"][record["organisation"]]
        title = record["fields"]["title"]
        if not Application.objects.filter(organisation=organisation, title=title).exists():
            _play(record, context)


def _keep(row: dict[str, Any], organisations: dict[str, Any]) -> None:
    keeper = organisations[row["keeper"]]
    if not HeldData.objects.filter(district_id=keeper.district_id, name=row["name"]).exists():
        values = {**row, "keeper": keeper, "as_of": date.fromisoformat(row["as_of"])}
        held = HeldData(district_id=keeper.district_id, **values)
        save_tracked(held, by=None, reason="导入已有数据目录")


def _play(record: dict[str, Any], context: dict[str, Any]) -> None:
    users, organisations = context["users"], context["organisations"]
    by = users[record["handler"]]
    values = {name: _value(name, value, organisations) for name, value in record["fields"].items()}
    with dates.as_of(dates.past_moment(record["steps"][0]["at"]) - PREPARED):
        draft = services.open_draft(
            by=by,
            organisation=organisations[record["organisation"]],
            year=record["year"],
            road=record["road"],
        )
        draft = services.save_draft(application=draft, by=by, fields=values)
    for step in record["steps"]:
        data = {name: _value(name, value, organisations) for name, value in step.get("data", {}).items()}
        with dates.as_of(dates.past_moment(step["at"])):
            draft = services.perform(
                application=draft,
                name=step["transition"],
                by=users[step["by"]],
                note=step.get("note", ""),
                data=data,
            )


def _value(name: str, value: Any, organisations: dict[str, Any]) -> Any:
    if name == "school":
        return organisations[value]
    return date.fromisoformat(value) if name in _DATES else value


def register() -> None:
    """After the register of borrowed teachers knows its people, before the releases."""
    registry.demonstrations.register("approvals.lending", (22, load))
