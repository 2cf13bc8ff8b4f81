"""One Chromium for all browser tests of a worker, and the demonstration district behind a live server."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, sync_playwright

from jianfu.kernel import attempts, sealing
from tests.demonstration import put_demonstration

from .stage import FLAGS
from .walker import Walker

# Playwright's synchronous calls run on a loop of their own; Django would forbid the ORM beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The demonstration district is told as seen from the Saturday before; a Monday has working days to count.
TODAY = date(2026, 11, 23)


def tell_that_it_died(_chromium: Browser) -> None:
    """Into the log of the run: the tests after it only say that there is no window to be had."""
    print("Chromium ended during", os.environ.get("PYTEST_CURRENT_TEST"), file=sys.__stderr__, flush=True)


@pytest.fixture(scope="session")
def browser(django_db_setup: None, chromium_path: str) -> Iterator[Browser]:
    """Started after the test database is made: on its loop Django opens connections of their own."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        chromium.on("disconnected", tell_that_it_died)
        yield chromium
        chromium.remove_listener("disconnected", tell_that_it_died)
        chromium.close()
        connections.close_all()  # those of this loop; PostgreSQL would not let go of the test database


@pytest.fixture(autouse=True)
def keys_in_a_temporary_place() -> None:
    """One key for all browser tests: the demonstration is put back from a copy that it sealed."""
    sealing.create_keys()
    attempts.forget()


@pytest.fixture
def demo(transactional_db: None, settings: Any) -> None:
    """The demonstration district, as `run.py` loads it, for one test that changes it."""
    settings.JIANFU_DEMO = True
    settings.JIANFU_TODAY = TODAY
    put_demonstration()


@pytest.fixture
def walker(browser: Browser, live_server: Any) -> Iterator[Callable[..., Walker]]:
    """``walker("limin")`` opens a window of that person, ``walker()`` of a visitor without an account.

    Each is closed at the end; none may have met a foreign host or an error of a script.
    """
    opened: list[Walker] = []

    def open_window(username: str = "", **more: Any) -> Walker:
        opened.append(Walker(browser, live_server.url, **more))
        if username:
            opened[-1].sign_in(username)
        return opened[-1]

    yield open_window
    for window in opened:
        window.close()
    assert [window.foreign for window in opened] == [[] for _ in opened]
    assert [window.broken for window in opened] == [[] for _ in opened]
