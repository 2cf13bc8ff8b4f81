import contextlib
import socket

import pytest

from jianfu.launch import server
from jianfu.launch.console import Trouble


def test_the_next_port_is_taken_when_somebody_listens() -> None:
    with contextlib.closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        assert taken < server.free_port("127.0.0.1", taken) < taken + 100


def test_no_port_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Trouble, match="没有空闲端口"):
        server.free_port("192.0.2.1", 8000)  # an address that no machine has
