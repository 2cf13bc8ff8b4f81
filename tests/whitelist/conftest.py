"""The clock of these tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest


@pytest.fixture
def clock(settings: Any) -> Callable[..., None]:
    """Let it be that day, or some days after."""

    def to(day: date, plus: int = 0) -> None:
        settings.JIANFU_TODAY = day + timedelta(days=plus)

    return to
