"""What follows a step of an application, in the same transaction."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.workflow import Act, transitioned

from .models import Application
from .services.theme import index
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


def connect() -> None:
    transitioned.connect(read_themes, sender=Application, dispatch_uid="approvals.read_themes")
    transitioned.connect(close_renewed, sender=Application, dispatch_uid="approvals.close_renewed")
