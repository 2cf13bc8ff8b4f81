"""Several processes at the same moment, and one that is killed: on PostgreSQL, with real ones."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from jianfu.audit.models import Chain
from jianfu.audit.selectors import breaks
from jianfu.handouts.models import Handout
from jianfu.handouts.services import line, making, ordering
from jianfu.handouts.states import HandoutState as State
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.factories import World, build_world

from .samples import ordered

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("calls")]

# What the server starts, but with the sample's maker, which stops in the middle and waits to be killed.
CHILD = """
import time
from django import setup
setup()
from tests.handouts import samples
samples.register()
samples.after[{at}] = [lambda: print("here", flush=True), lambda: time.sleep(60)]
from jianfu.handouts.services import making
making.PAUSE = 0
from django.core.management import call_command
call_command("handouts", "work")
"""


@pytest.fixture
def world() -> World:
    return build_world()


def at_once(act: Callable[[], Any]) -> list[Any]:
    """What two threads get that begin together."""
    barrier = Barrier(2)

    def run() -> Any:
        try:
            barrier.wait(10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return [future.result(30) for future in [pool.submit(run) for _ in range(2)]]


def test_two_processes_do_not_begin_more_than_there_are_places(world: World, settings: Any) -> None:
    settings.JIANFU_EXPORTS_AT_ONCE = 1
    by = world.user(Role.SECTION_CLERK)
    for number in range(3):
        ordered(by, query=str(number))
    begun = at_once(line.next_one)
    assert begun.count(None) == 1
    assert Handout.objects.filter(state=State.MAKING).count() == 1


def test_two_processes_begin_two_different_ones(world: World, settings: Any) -> None:
    settings.JIANFU_EXPORTS_AT_ONCE = 2
    by = world.user(Role.SECTION_CLERK)
    ordered(by, query="1"), ordered(by, query="2")
    begun = at_once(line.next_one)
    assert len({handout.pk for handout in begun}) == 2


def test_the_same_thing_twice_at_once_is_one(world: World) -> None:
    by = world.user(Role.SECTION_CLERK)
    first, second = at_once(lambda: ordered(by))
    assert first.pk == second.pk
    assert Handout.objects.count() == 1


def environment() -> dict[str, str]:
    place, mark, query = os.environ["DATABASE_URL"].partition("?")
    return {
        **os.environ,
        "DATABASE_URL": f"{place.rpartition('/')[0]}/{connection.settings_dict['NAME']}{mark}{query}",
        "JIANFU_FILES": str(settings.MEDIA_ROOT),
        "DJANGO_SETTINGS_MODULE": "jianfu.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }


@pytest.mark.parametrize("at", [3, 12])
def test_killed_in_the_middle(world: World, at: int) -> None:
    """While it reads, and when all rows are written but the file has no name yet."""
    by = world.user(Role.SECTION_CLERK)
    handout = ordered(by)
    program = [sys.executable, "-c", CHILD.format(at=at)]
    child = subprocess.Popen(program, env=environment(), stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline().strip() == "here"
    child.send_signal(signal.SIGKILL)
    assert child.wait(20) == -signal.SIGKILL
    child.stdout.close()
    found = Handout.objects.get(pk=handout.pk)
    assert (found.state, found.done, bool(found.file)) == (State.MAKING, at, False)
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
    with dates.as_of(dates.now() + ordering.SILENT + timedelta(seconds=5)):
        ordering.settle()
    assert Handout.objects.get(pk=handout.pk).error == ordering.DIED
    ordering.again(handout=Handout.objects.get(pk=handout.pk), by=by)
    making.work()
    assert Handout.objects.get(pk=handout.pk).state == State.READY
    assert not any(breaks(chain) for chain in Chain.objects.all())
