"""What was written shows at once: the stamp of the district's public pages is forgotten."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from . import stamps
from .models import Entry, Release


def written(instance: Any, **_kwargs: Any) -> None:
    """Now, and once more when others can see it: in between, a reader may have taken the old stamp."""
    district = getattr(instance, "district", instance)
    stamps.forget(district.code)
    transaction.on_commit(partial(stamps.forget, district.code))


def connect() -> None:
    for model in (Entry, Release, "organisations.District"):
        for signal in (post_save, post_delete):
            signal.connect(written, sender=model, dispatch_uid="whitelist.stamps")
