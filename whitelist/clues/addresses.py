"""Where a record of an activity stands."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse


def address_of(row: Any) -> str:
    """The page of the activity that the session, or the row itself, belongs to; "" while there is none."""
    try:
        return reverse("whitelist:activity_detail", args=[getattr(row, "activity_id", None) or row.pk])
    except NoReverseMatch:
        return ""
