"""The ledger's clock."""

from typing import Any

import pytest

from .secondments import TODAY


@pytest.fixture
def stopped_clock(settings: Any) -> None:
    settings.JIANFU_TODAY = TODAY


@pytest.fixture
def own_queries_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page's own queries are counted, not those of the badge and the registers that other parts add."""
    monkeypatch.setattr("jianfu.context_processors.todo_count", lambda _request: 0)
    monkeypatch.setattr("ledger.selectors.figures.INDICATORS", {})
