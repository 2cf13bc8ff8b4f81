"""A key's file: made once, for one account alone, never half-written."""

import multiprocessing
import stat
from pathlib import Path
from typing import Any

from jianfu.kernel.key_files import create_once, written_aside


def test_only_the_account_of_the_server_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "key"
    assert create_once(path, b"first")
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"first", 0o600)
    assert list(path.parent.iterdir()) == [path]  # nothing is left beside it


def test_a_key_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "key"
    create_once(path, b"first")
    assert not create_once(path, b"second")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"first", [path])


def test_what_an_ended_process_left_beside_it_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "key"
    left = written_aside(path, b"a long left-over")
    assert written_aside(path, b"new") == left
    assert left.read_bytes() == b"new"


def _tries(path: Path, mine: bytes, together: Any, made: Any) -> None:
    together.wait()
    if create_once(path, mine):
        made.put(mine)


def test_of_many_processes_at_once_one_makes_it(tmp_path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    path, together, made = tmp_path / "key", fork.Barrier(6), fork.Queue()
    tries = [fork.Process(target=_tries, args=(path, bytes([n]) * 32, together, made)) for n in range(6)]
    for process in tries:
        process.start()
    for process in tries:
        process.join()
    assert path.read_bytes() == made.get(timeout=5)
    assert made.empty()
    assert list(tmp_path.iterdir()) == [path]
