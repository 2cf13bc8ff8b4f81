"""What every test stands on: one database per worker, fast passwords, no file outside a temporary place."""

import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from whitenoise.middleware import WhiteNoiseMiddleware

from jianfu.audit import triggers
from jianfu.kernel import attempts, sealing
from tests.database import emptying_the_filled, lay_out_migrated_copy
from tests.factories import World, build_world

# The machine is shared and the suite runs twice: the same examples each time, and no clock in the verdict.
hypothesis_settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)
hypothesis_settings.load_profile("house")

MEMORY = "/dev/shm"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def on_postgres() -> bool:
    return django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


def find_chromium() -> str | None:
    """Debian's Chromium, or the one run.py unpacked and named in JIANFU_CHROMIUM."""
    named = os.environ.get("JIANFU_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def pytest_configure(config: pytest.Config) -> None:
    if not on_postgres():
        _lay_sqlite_in_a_file(config)
    _find_static_files_once()
    django_settings.COMPLAINT_KEY = str(Path(tempfile.mkdtemp()) / "complaint_key")
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Hashed names need collectstatic; the tests read the files where they lie.
    django_settings.STORAGES = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def _find_static_files_once() -> None:
    """Each test's client would look through every folder for them again, a fifth of all its time."""
    find, found = WhiteNoiseMiddleware.add_files_from_finders, {}

    def find_once(self: WhiteNoiseMiddleware) -> None:
        if not found:
            find(self)
            found.update(self.files)
        self.files.update(found)

    WhiteNoiseMiddleware.add_files_from_finders = find_once


def _lay_sqlite_in_a_file(config: pytest.Config) -> None:
    """As in an office: each thread of a live server has a connection of its own, not one shared by all.

    Nothing outlives the run: a file in memory where there is such a place, and no waiting for a disk.
    """
    place = tempfile.mkdtemp(prefix="jianfu-tests-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None)
    config.add_cleanup(lambda: shutil.rmtree(place))
    connection.settings_dict["TEST"]["NAME"] = str(Path(place) / "jianfu.sqlite3")
    connection.settings_dict["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"


def pytest_report_header() -> list[str]:
    return ["on PostgreSQL: what a database can decide; the rest has run once, on SQLite"] if _once() else []


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what this run cannot do, and say why; under CI nothing that the browser does is skipped."""
    if _once():
        other = [item for item in items if not differs_by_database(item)]
        items[:] = [item for item in items if differs_by_database(item)]
        config.hook.pytest_deselected(items=other)
    in_ci = os.environ.get("CI") == "true"
    browserless = pytest.mark.skip(reason="no Chromium; python3 run.py test installs it")
    other_database = pytest.mark.skip(reason="needs PostgreSQL: real threads, row locks")
    for item in items:
        if "postgres" in item.keywords and not on_postgres():
            item.add_marker(other_database)
        if "browser" in item.keywords and not in_ci and find_chromium() is None:
            item.add_marker(browserless)


def _once() -> bool:
    """Whether everything has just been tested on SQLite (jianfu/launch/checks.py)."""
    return on_postgres() and bool(os.environ.get("JIANFU_TESTED_ON_SQLITE"))


def differs_by_database(item: pytest.Item) -> bool:
    """A test without a database fixture cannot reach one: pytest-django shuts the door. Of the browser the
    stories are walked on both, from the first form to the last list; looks and counted clicks on one."""
    if "browser" in item.keywords and not item.path.name.startswith("test_story_"):
        return False
    return item.get_closest_marker("django_db") is not None or "django_db_setup" in item.fixturenames


def pytest_collection_finish() -> None:
    """What thousands of collected tests hold is not searched for garbage again and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def files_in_a_temporary_place(settings: Any, tmp_path: Path) -> None:
    """Uploads and exports of a test never reach var/."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture(autouse=True)
def keys_in_a_temporary_place(settings: Any, tmp_path: Path) -> None:
    """Complaints of a test are sealed by a key of its own, and nobody tried anything before."""
    settings.COMPLAINT_KEY = str(tmp_path.with_name(f"{tmp_path.name}-keys") / "complaint_key")
    sealing.create_keys()
    attempts.forget()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = find_chromium()
    assert found, "CI needs Chromium; python3 run.py test installs it"
    return found


@pytest.fixture(autouse=True)
def nothing_cached() -> None:
    """Policy figures and holidays of one test are not remembered by the next."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_use_migrations: bool, django_db_blocker: Any
) -> None:
    """Where pytest-django has each worker migrate: one does, the others copy what it made."""
    if django_db_use_migrations:
        with django_db_blocker.unblock():
            lay_out_migrated_copy()


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_use_migrations: bool) -> bool:
    """SQLite's copy lies where its file is expected; it goes with its folder at the end."""
    return django_db_use_migrations and not on_postgres()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Transactional tests empty every table; the audit triggers, which rightly refuse that, step aside.

    PostgreSQL takes a second to truncate some hundred tables, of which a test fills a few.
    """
    operations = type(connection.ops)  # of the class: a browser test may flush through another connection
    flush = operations.execute_sql_flush

    def flush_without_triggers(self: Any, sql_list: list[str]) -> None:
        triggers.remove(self.connection)
        flush(self, emptying_the_filled(self.connection) if on_postgres() else sql_list)
        triggers.install(self.connection)

    operations.execute_sql_flush = flush_without_triggers


@pytest.fixture
def world(db: None) -> World:
    """A small district with an organisation of each kind; accounts appear when asked for."""
    return build_world()


@pytest.fixture
def stranger_world(world: World) -> World:
    """Another district in the same deployment, of which nothing may be seen."""
    return build_world("qinghe", "清河区")
