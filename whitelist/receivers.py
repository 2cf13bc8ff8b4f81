"""What was written shows at once: the stamp of the district's public pages is forgotten."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from approvals.services import plan_performed
from approvals.states import INSPECTIONS, Road
from jianfu.kernel.workflow import transitioned

from . import services, stamps
from .models import Activity, Entry, Objection, Release


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


def listed(instance: Entry, created: bool, **_kwargs: Any) -> None:
    """一事一审 and 即时突发: the plan is there already, its sessions wait to be named (R53)."""
    if created and instance.application_id:
        services.open_approved(entry=instance, by=getattr(instance, "_history_user", None))


def followed(instance: Any, act: Any, **_kwargs: Any) -> None:
    """A single item is published by a step of its own."""
    if getattr(instance, "road", "") == Road.INSPECTION_SINGLE:
        services.follow_inspections(district=instance.district, year=instance.year, by=act.by, at=act.at)


def plan_followed(plan: Any, by: Any, **_kwargs: Any) -> None:
    """A plan is published with all of its items: one version, not one for each."""
    services.follow_inspections(district=plan.district, year=plan.year, by=by, at=plan.state_entered_at)


def connect() -> None:
    transitioned.connect(followed, dispatch_uid="whitelist.follow")
    plan_performed.connect(plan_followed, dispatch_uid="whitelist.follow_plan")
    transitioned.connect(moved, dispatch_uid="whitelist.inspections")
    stamps.watch(Objection)
    stamps.watch(Activity)
    post_save.connect(listed, sender=Entry, dispatch_uid="whitelist.approved_plans")
    for model in (Activity, Entry, Release, Objection, "organisations.District"):
        for signal in (post_save, post_delete):
            signal.connect(written, sender=model, dispatch_uid="whitelist.stamps")
