"""What was written shows at once: the stamp of the district's public pages is forgotten."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from approvals.states import INSPECTIONS
from jianfu.kernel.workflow import transitioned

from . import stamps
from .models import Entry, Objection, Release


def written(instance: Any, **_kwargs: Any) -> None:
    """Now, and once more when others can see it: in between, a reader may have taken the old stamp."""
    district = getattr(instance, "district", instance)
    stamps.forget(district.code)
    transaction.on_commit(partial(stamps.forget, district.code))


def moved(instance: Any, **_kwargs: Any) -> None:
    """A published list of inspections may read otherwise once a plan or an item of it went a step."""
    if (
        isinstance(getattr(instance, "published_on", None), date)
        or getattr(instance, "road", "") in INSPECTIONS
    ):
        written(instance)


def connect() -> None:
    transitioned.connect(moved, dispatch_uid="whitelist.inspections")
    stamps.watch(Objection)
    for model in (Entry, Release, Objection, "organisations.District"):
        for signal in (post_save, post_delete):
            signal.connect(written, sender=model, dispatch_uid="whitelist.stamps")
