"""Where a record of an activity stands."""

from __future__ import annotations

from typing import Any

from django.urls import reverse


def address_of(row: Any) -> str:
    """The page of the activity that the session, or the row itself, belongs to."""
    return reverse("whitelist:activity_detail", args=[getattr(row, "activity_id", None) or row.pk])
