"""The public holidays and worked weekends of the file that comes with the program."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from jianfu.organisations.models import CalendarDay


def load_holidays(*, file: Path | None = None) -> int:
    """Add the days that are not known yet and say how many; a day that somebody typed in stays as it is."""
    place = file or settings.BASE_DIR / "fixtures" / "holidays.json"
    days = json.loads(place.read_text("utf-8"))["days"]
    with transaction.atomic():
        known = set(CalendarDay.objects.values_list("day", flat=True))
        missing = [row for row in days if date.fromisoformat(row["day"]) not in known]
        for row in missing:
            day = date.fromisoformat(row["day"])
            CalendarDay.objects.create(day=day, is_workday=row["is_workday"], name=row["name"])
    return len(missing)
