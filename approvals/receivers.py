"""What follows a step of an application, in the same transaction; and what follows an upgrade."""

from __future__ import annotations

import sys
from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.apps.registry import apps as current
from django.core.exceptions import FieldDoesNotExist
from django.db.models.signals import post_migrate

from jianfu.kernel.workflow import Act, transitioned

from .models import Application
from .services.theme import catch_up, index
from .states import EDITABLE, STOPPED, State
from .workflow import workflow_of


def read_themes(sender: type, instance: Any, act: Act, **_more: Any) -> None:
    """What was handed in is compared with others from now on; what is only being written never is."""
    if act.source in EDITABLE and act.target not in EDITABLE | STOPPED:
        index(instance)


def close_renewed(sender: type, instance: Any, act: Act, **_more: Any) -> None:
    """续借 approved closes the borrowing before it: a teacher is away under one approval at a time."""
    before = instance.predecessor if act.target == State.LENT else None
    if before is not None and before.state == State.LENT:
        workflow_of(before).perform(before, "renewed", by=act.by, note=f"由{instance.number}续借", at=act.at)


def read_older_themes(sender: AppConfig, verbosity: int = 1, apps: Apps = current, **_more: Any) -> None:
    """Each start migrates (jianfu/launch): what another lexicon or older code read is read again then."""
    if not _has_readings(apps):
        return
    read = catch_up()
    if read and verbosity:
        sys.stdout.write(f"  已重新识别 {read} 份申请的主题\n")


def _has_readings(apps: Apps) -> bool:
    """The tables stand as this version has them; not where somebody migrates to an earlier one."""
    try:
        apps.get_model("approvals", "ThemeRecord")._meta.get_field("reading")
    except (LookupError, FieldDoesNotExist):
        return False
    return True


def connect() -> None:
    post_migrate.connect(
        read_older_themes,
        sender=current.get_app_config("approvals"),
        dispatch_uid="approvals.read_older_themes",
    )
    transitioned.connect(read_themes, sender=Application, dispatch_uid="approvals.read_themes")
    transitioned.connect(close_renewed, sender=Application, dispatch_uid="approvals.close_renewed")
