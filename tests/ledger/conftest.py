"""The ledger's clock."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from jianfu.kernel import indicators, signing
from jianfu.kernel.indicators import Measured
from tests.factories import World

from .cities import REGION, city_of
from .secondments import TODAY


@pytest.fixture
def stopped_clock(settings: Any) -> None:
    settings.JIANFU_TODAY = TODAY


@pytest.fixture
def own_queries_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page's own queries are counted, not those of the badge and the registers that other parts add."""
    monkeypatch.setattr("jianfu.context_processors.todo_count", lambda _request: 0)
    monkeypatch.setattr("ledger.selectors.asked.INDICATORS", {})


@pytest.fixture
def read_here(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Uploads are read in this process, whose database another one does not see, and at once: a test's
    transaction is never committed. The file itself is still opened only by the reading process."""
    settings.JIANFU_BESIDE = False
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **_more: act())


Say = Callable[..., None]


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Say:
    """Let the records say something of a blank; again to let them change, with an event."""

    def declare(code: str, value: int | str | None, explanation: str = "", **more: object) -> None:
        said = Measured(value, explanation)
        figure = indicators.Indicator(code, code, "人", "定义", "来源", lambda _district, _year: said, **more)
        monkeypatch.setitem(indicators.INDICATORS, code, figure)
        cache.clear()

    return declare


@pytest.fixture
def key_pair(settings: Any, tmp_path: Path) -> str:
    settings.SIGNING_KEY = str(tmp_path / "keys" / "signing.pem")
    signing.create_key_pair()
    return signing.public_key()


@pytest.fixture
def city() -> World:
    return city_of(REGION)
