"""The process is really killed, in the middle of reading and in the middle of writing: on both databases.

On SQLite the test's database lives in memory; the killed process works on a copy of it in a file.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from jianfu.audit.models import Chain, Event
from jianfu.audit.selectors import breaks
from jianfu.kernel import dates
from ledger.models import Intake, LedgerRow
from ledger.services import intake as services
from ledger.services import intake_process, intake_reading
from ledger.states import IntakeState
from tests.factories import build_world

from .forms import clerk, opened
from .intakes import register, uploaded

pytestmark = pytest.mark.django_db(transaction=True)

# The child does what the server starts beside itself, with one thing added: it stops where the test says,
# says so, and waits to be killed.
CHILD = """
import sys, time
from django import setup
setup()
from django.core.management import call_command
from tests.ledger import intakes
intakes.register()
from {module} import {owner} as owner
real = owner.{name}
calls = 0
def stopping(*given, **named):
    global calls
    calls += 1
    if calls == {at}:
        print("here", flush=True)
        time.sleep(60)
    return real(*given, **named)
owner.{name} = stopping
call_command("intake", "{act}", "{pk}")
"""


def elsewhere(tmp_path: Path) -> dict[str, str]:
    """The environment of a process that sees what the test has written until now."""
    address = os.environ.get("DATABASE_URL", "")
    if connection.vendor == "sqlite":
        copy = sqlite3.connect(tmp_path / "copy.sqlite3")
        connection.connection.backup(copy)
        copy.close()
        address = f"sqlite:///{tmp_path / 'copy.sqlite3'}"
    else:
        place, mark, query = address.partition("?")
        address = f"{place.rpartition('/')[0]}/{connection.settings_dict['NAME']}{mark}{query}"
    return {
        **os.environ,
        "DATABASE_URL": address,
        "JIANFU_FILES": str(settings.MEDIA_ROOT),
        "DJANGO_SETTINGS_MODULE": "jianfu.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }


def bring_back(env: dict[str, str]) -> None:
    """What the killed process has left in its copy, into the database that the test looks at."""
    if connection.vendor == "sqlite":
        with sqlite3.connect(env["DATABASE_URL"].removeprefix("sqlite:///")) as source:
            source.backup(connection.connection)
        source.close()


def kill_in(
    env: dict[str, str], act: str, pk: int, *, module: str, owner: str, name: str, at: int = 1
) -> None:
    code = CHILD.format(module=module, owner=owner, name=name, at=at, act=act, pk=pk)
    child = subprocess.Popen([sys.executable, "-c", code], env=env, stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline().strip() == "here"
    child.send_signal(signal.SIGKILL)
    assert child.wait(20) == -signal.SIGKILL
    child.stdout.close()


def contents() -> tuple[Any, ...]:
    """Everything that an import writes."""
    rows = LedgerRow.objects.order_by("pk").values_list("pk", "version", "state", "implementation")
    return (
        list(rows),
        list(LedgerRow.objects.filter(entries__isnull=False).values_list("pk", "entries__name")),
        LedgerRow.history.count(),
        Event.objects.filter(action__startswith="ledger_row.").count(),
    )


@pytest.fixture
def untouched(monkeypatch: pytest.MonkeyPatch) -> Intake:
    """An upload of two rows that no process has begun to read."""
    monkeypatch.setattr(intake_process, "start", lambda *_given: None)
    register()
    world = build_world()
    opened(world)
    return uploaded(clerk(world), (6, "甲"), (8, "乙"))


def test_killed_while_it_is_read(untouched: Intake, tmp_path: Path) -> None:
    before = contents()
    env = elsewhere(tmp_path)
    kill_in(env, "read", untouched.pk, module="jianfu.kernel.documents", owner="reading", name="read")
    bring_back(env)
    intake = Intake.objects.get(pk=untouched.pk)
    assert intake.state == IntakeState.READING
    with dates.as_of(intake.state_entered_at + services.READ_LATE + timedelta(seconds=1)):
        assert services.settle(intake).error == services.DIED
    assert contents() == before


# In the first row, between the rows, in the second one, and when all is written but the end of the upload.
@pytest.mark.parametrize(
    ("module", "owner", "name", "at"),
    [
        ("ledger.services", "filling", "_put_into_words", 1),
        ("tests.ledger", "intakes", "save_row", 2),
        ("ledger.services", "filling", "save_tracked", 2),
        ("ledger.services", "intake", "end_upload", 1),
    ],
)
def test_killed_in_the_middle_of_writing(
    untouched: Intake,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: str,
    owner: str,
    name: str,
    at: int,
) -> None:
    """Nothing of it is there; confirmed once more, all of it is, with its history and its events."""
    intake_reading.run("read", untouched.pk)
    monkeypatch.setattr(services, "AT_ONCE", 0)
    by = untouched.uploaded_by
    services.confirm(intake=Intake.objects.get(pk=untouched.pk), by=by)
    before = contents()
    env = elsewhere(tmp_path)
    kill_in(env, "write", untouched.pk, module=module, owner=owner, name=name, at=at)
    bring_back(env)
    assert contents() == before
    assert not any(breaks(chain) for chain in Chain.objects.all())
    intake = Intake.objects.get(pk=untouched.pk)
    assert intake.state == IntakeState.WRITING
    with dates.as_of(intake.state_entered_at + services.WRITE_LATE + timedelta(seconds=1)):
        intake = services.settle(intake)
    assert (intake.state, intake.error) == (IntakeState.READ, services.DIED_WRITING)
    monkeypatch.undo()
    services.confirm(intake=intake, by=by)
    assert [words for *_rest, words in contents()[0] if words] == [
        "已组织开展：\n1. 甲。",
        "已组织开展：\n1. 乙。",
    ]
    assert contents()[3] == before[3] + 4  # each row is started and filled
    assert not any(breaks(chain) for chain in Chain.objects.all())
