"""The ledger's clock."""

from typing import Any

import pytest

from .secondments import TODAY


@pytest.fixture
def stopped_clock(settings: Any) -> None:
    settings.JIANFU_TODAY = TODAY
