"""Here the demonstration district is loaded once a module: what one test writes, the next one sees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests.demonstration import put_demonstration
from tests.e2e.conftest import TODAY


@pytest.fixture(scope="module")
def transactional_db(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """In place of pytest-django's own, which empties every table after each test with a live server."""
    media = str(tmp_path_factory.mktemp("media"))
    pinned = override_settings(JIANFU_DEMO=True, JIANFU_TODAY=TODAY, MEDIA_ROOT=media)
    with django_db_blocker.unblock(), pinned:
        put_demonstration()
        yield
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)


@pytest.fixture
def visit(transactional_db: None, walker: Any) -> Any:
    """``visit("limin")`` opens a window of that person in the district."""
    return walker
