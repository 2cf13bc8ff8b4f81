"""The ledger's clock."""

from typing import Any

import pytest

from .secondments import TODAY


@pytest.fixture
def stopped_clock(settings: Any) -> None:
    settings.JIANFU_TODAY = TODAY


@pytest.fixture
def nothing_on_the_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page's own queries are counted, not those of the badge that every app adds to."""
    monkeypatch.setattr("jianfu.context_processors.todo_count", lambda _request: 0)
