"""The port through which everything leaves its mark. ``jianfu.audit`` installs itself behind it.

The kernel lies below the audit app, yet a workflow must write its audit event in its own transaction;
so the direction is turned round here, and a program without an installed trail cannot act at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class Recorder(Protocol):
    def __call__(
        self,
        *,
        action: str,
        target: Any,
        by: Any,
        note: str = "",
        source: str = "",
        destination: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> Any: ...


_installed: list[Recorder] = []


def install(recorder: Recorder) -> None:
    """Make ``recorder`` the one that writes; called once, when the audit app is ready."""
    _installed[:] = [recorder]


def record(**event: Any) -> Any:
    """Write one event. Raises RuntimeError when nothing is installed: nothing happens unrecorded."""
    if not _installed:
        raise RuntimeError("no audit trail is installed")
    return _installed[0](**event)
