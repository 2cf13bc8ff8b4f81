"""Plays the demonstration's borrowings through the services, as 组织人事科 would have entered them."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone

from jianfu.kernel import dates
from ledger.models import Secondment
from ledger.permissions.secondment import may_keep_register
from ledger.services.secondment import add_secondment, record_return

FILE = "secondments.json"
DATES = ("starts_on", "ends_on", "filed_on")


def load(context: dict[str, Any]) -> None:
    """``context``: folder, organisations by code, users by person's key. Loading again adds nothing."""
    folder: Path = context["folder"]
    by = next(user for user in context["users"].values() if may_keep_register(user))
    for record in json.loads((folder / FILE).read_text("utf-8")):
        _play(record, context["organisations"][record["school"]], by)


def _play(record: dict[str, Any], school: Any, by: Any) -> None:
    details = {**record["details"], **{name: _day(record["details"][name]) for name in DATES}}
    known = Secondment.objects.filter(
        school=school, teacher__name=record["teacher"], starts_on=details["starts_on"]
    )
    if known.exists():
        return
    with dates.as_of(_at_work(details["filed_on"] or details["starts_on"])):
        added = add_secondment(school=school, teacher_name=record["teacher"], details=details, by=by)
    returned_on = _day(record["returned_on"])
    if returned_on:
        with dates.as_of(_at_work(returned_on)):
            record_return(secondment=added, returned_on=returned_on, expected_version=added.version, by=by)


def _at_work(day: date) -> datetime:
    """When the entry was made, as it is told."""
    return timezone.make_aware(datetime.combine(day, time(15, 20)))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
