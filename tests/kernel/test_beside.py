"""A process beside the server ends when it hangs; a process that only does the same work does not."""

import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from jianfu.kernel import beside

HANGS = "import time; from jianfu.kernel import beside; beside.end_in(1); time.sleep(60)"


def test_what_is_started_and_hangs_is_ended_by_the_system(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.JIANFU_BESIDE = True
    with monkeypatch.context() as instead:
        started: list[tuple[list[str], dict[str, Any]]] = []
        instead.setattr(subprocess, "Popen", lambda command, **how: started.append((command, how)))
        beside.start("handouts", "work")
    ((command, how),) = started
    assert command[1:] == [str(settings.BASE_DIR / "manage.py"), "handouts", "work"]
    ended = subprocess.run([sys.executable, "-c", HANGS], env=how["env"], timeout=50, check=False)
    assert ended.returncode == -signal.SIGALRM


def test_whoever_does_the_work_without_being_started_for_it_goes_on() -> None:
    """Once a whole worker of these tests was ended, a quarter of an hour after it had made one file."""
    beside.end_in(60)
    assert signal.alarm(0) == 0
    assert "JIANFU_IS_BESIDE" not in os.environ
