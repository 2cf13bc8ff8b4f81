"""What follows a step of an application, in the same transaction."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.workflow import Act, transitioned

from .models import Application
from .services.theme import index
from .states import EDITABLE, STOPPED


def read_themes(sender: type, instance: Any, act: Act, **_more: Any) -> None:
    """What was handed in is compared with others from now on; what is only being written never is."""
    if act.source in EDITABLE and act.target not in EDITABLE | STOPPED:
        index(instance)


def connect() -> None:
    transitioned.connect(read_themes, sender=Application, dispatch_uid="approvals.read_themes")
