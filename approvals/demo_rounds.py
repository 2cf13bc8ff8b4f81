"""Plays the rounds of the demonstration through the services: one in force, one open before the leaders."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from approvals import services
from approvals.models import Round
from jianfu.kernel import dates


def load_rounds(context: dict[str, Any]) -> None:
    """After the applications; a round that is known by its title is not played again."""
    path = context["folder"] / "rounds.json"
    for record in json.loads(path.read_text(encoding="utf-8")):
        if not Round.objects.filter(title=record["title"], stage=record["stage"]).exists():
            _play(record, context)


def _play(record: dict[str, Any], context: dict[str, Any]) -> None:
    by, made = context["users"][record["by"]], context["applications"]
    applications = [made[line["application"]] for line in record["lines"]]
    with dates.as_of(dates.past_moment(record["at"])):
        round_ = services.open_round(
            by=by, stage=record["stage"], title=record["title"], applications=applications
        )
        for line in record["lines"]:
            if line["marks"]:
                item = round_.items.get(application=made[line["application"]])
                services.mark(item=item, by=by, marks=line["marks"])
    if "in_force_at" in record:
        with dates.as_of(dates.past_moment(record["in_force_at"])):
            services.put_in_force(
                round_=round_,
                by=context["users"][record["decider"]],
                met_on=date.fromisoformat(record["met_on"]),
                meeting_number=record["meeting_number"],
            )
        for row in applications:
            row.refresh_from_db()
