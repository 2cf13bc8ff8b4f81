"""The demonstration district's complaints: one walked to the end, one to be signed, three on the way."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from jianfu.kernel import dates
from whitelist.complaints.receipts import receipt_digest
from whitelist.models import Complaint
from whitelist.services import complaint as services
from whitelist.services.complaint import AlreadyReceived, Report
from whitelist.states.complaint import ComplaintKind

# Of the first one, so that who tries it can follow it without having reported anything.
KNOWN_RECEIPT = "DEMO-DEMO-DEMO-DEMO-DEMO-DEMO"


def load(context: dict[str, Any]) -> None:
    """What is there already, told by its key, is left as it is."""
    for place, row in enumerate(json.loads((context["folder"] / "complaints.json").read_text("utf-8"))):
        try:
            complaint = _received(context, row)
        except AlreadyReceived:
            continue
        if place == 0:
            Complaint.objects.filter(pk=complaint.pk).update(receipt_digest=receipt_digest(KNOWN_RECEIPT))
        _handled(context, complaint, row)


def _received(context: dict[str, Any], row: dict[str, Any]) -> Complaint:
    report = Report(**{"kind": ComplaintKind.COMPLAINT, **row["told"]}, submission=f"demo-{row['key']}")
    district = context["district"]
    with dates.as_of(dates.past_moment(row["at"])):
        if "entered_by" in row:
            by = context["users"][row["entered_by"]]
            complaint, _code = services.enter_complaint(
                district=district, report=report, source=row["source"], by=by
            )
        else:
            complaint, _code = services.receive_complaint(district=district, report=report)
    return complaint


def _handled(context: dict[str, Any], complaint: Complaint, row: dict[str, Any]) -> None:
    users = context["users"]
    if "handler" in row:
        with dates.as_of(dates.past_moment(row["steps"][0]["at"])):
            complaint = services.take(complaint=complaint, by=users[row["handler"]])
    for said in row.get("asked", ()):
        with dates.as_of(dates.past_moment(said["at"])):
            services.ask(complaint=complaint, by=users[said["by"]], words=said["words"])
    for said in row.get("answered", ()):
        with dates.as_of(dates.past_moment(said["at"])):
            services.answer_complaint(complaint=complaint, words=said["words"])
    for step in row["steps"]:
        with dates.as_of(dates.past_moment(step["at"])):
            complaint = services.perform_complaint(
                complaint=complaint,
                name=step["transition"],
                by=users[step["by"]],
                note=step.get("note", ""),
                data=_data(step.get("data", {})),
            )


def _data(told: dict[str, str]) -> dict[str, Any]:
    return {key: date.fromisoformat(text) if key.endswith("_on") else text for key, text in told.items()}
