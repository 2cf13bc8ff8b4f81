"""Files are made in this process, whose database another one does not see, and only when a test says so."""

from collections.abc import Iterator
from typing import Any

import pytest

from jianfu.handouts.services import making
from jianfu.kernel import exports
from jianfu.organisations.states import Role
from tests.factories import World

from . import samples


@pytest.fixture(autouse=True)
def sample(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    samples.register()
    monkeypatch.setattr(making, "PAUSE", 0)
    yield
    exports.makers._items.pop(samples.KIND, None)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What was sent for instead of being begun."""
    found: list[tuple[str, ...]] = []
    monkeypatch.setattr("jianfu.kernel.beside.start", lambda *given: found.append(given))
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **_more: act())
    return found


@pytest.fixture
def clerk(world: World) -> Any:
    return world.user(Role.SECTION_CLERK)


@pytest.fixture
def office(world: World) -> Any:
    return world.user(Role.LEDGER_OFFICE)
