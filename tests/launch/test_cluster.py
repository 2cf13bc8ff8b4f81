import os
from pathlib import Path

import psycopg
import pytest

from jianfu.launch.cluster import temporary_cluster
from jianfu.launch.debian import find_postgres

TOOLS = find_postgres()
pytestmark = pytest.mark.skipif(TOOLS is None and os.environ.get("CI") != "true", reason="no initdb here")


def connect(url: str) -> psycopg.Connection:
    host, name = url.removeprefix("postgres://jianfu@/").rsplit("/", 1)
    return psycopg.connect(host=host, user="jianfu", dbname=name)


def is_running(pid: int) -> bool:
    """A process that ended but was not yet reaped has no command line left."""
    line = Path(f"/proc/{pid}/cmdline")
    return line.exists() and line.read_bytes() != b""


def folder(url: str) -> Path:
    return Path(url.removeprefix("postgres://jianfu@/")).parent


def test_a_cluster_answers_in_utf8_and_leaves_nothing() -> None:
    assert TOOLS is not None
    with temporary_cluster(TOOLS) as url:
        home = folder(url)
        pid = int((home / "data" / "postmaster.pid").read_text().split()[0])
        with connect(url) as connection:
            assert connection.execute("show server_encoding").fetchone() == ("UTF8",)
            assert connection.execute("select upper('减负') || length('台账')").fetchone() == ("减负2",)
    assert not home.exists()
    assert not is_running(pid)


@pytest.mark.parametrize("reason", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_a_cluster_is_gone_after_an_interruption(reason: type[BaseException]) -> None:
    assert TOOLS is not None
    seen = []

    def interrupted() -> None:
        with temporary_cluster(TOOLS) as url:
            seen.append(folder(url))
            raise reason

    with pytest.raises(reason):
        interrupted()
    assert not seen[0].exists()
