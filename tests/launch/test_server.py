import argparse
import contextlib
import http.server
import socket
import threading
from pathlib import Path

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


def test_static_files_are_collected_when_one_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[str] = []

    def manage(*arguments: str, env: dict[str, str]) -> None:
        collected.append(arguments[0])
        (tmp_path / "var/static").mkdir(parents=True, exist_ok=True)

    sheet = tmp_path / "jianfu/static/jianfu/house.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_text("a{}")
    monkeypatch.setattr(server, "ROOT", tmp_path)
    monkeypatch.setattr(server, "manage", manage)
    server.collect_static({})
    server.collect_static({})
    assert collected == ["collectstatic"]
    sheet.write_text("b{}")
    server.collect_static({})
    assert collected == ["collectstatic", "collectstatic"]


def test_the_server_never_takes_another_port_than_it_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "free_port", lambda host, first: first + 1)
    with pytest.raises(Trouble, match="端口 8000 已被占用"):
        server.serve(argparse.Namespace(host="127.0.0.1", port=8000, workers=2))


def test_a_socket_without_a_worker_is_no_server() -> None:
    with contextlib.closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        assert not server.answers("127.0.0.1", silent.getsockname()[1], "localhost")


def test_any_answer_of_a_worker_will_do() -> None:
    class Refusing(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_error(500 if self.headers["Host"] == "jianfu.example" else 400)

        def log_message(self, *words: object) -> None: ...

    with http.server.HTTPServer(("127.0.0.1", 0), Refusing) as worker:
        threading.Thread(target=worker.handle_request).start()
        assert server.answers("127.0.0.1", worker.server_port, "jianfu.example")


@pytest.mark.parametrize(("act", "told"), [(server.start, "1"), (server.serve, None)])
def test_only_the_trial_may_load_the_demonstration(monkeypatch, act, told):
    environments = {}
    monkeypatch.delenv("JIANFU_DEMO", raising=False)
    monkeypatch.setattr(server, "manage", lambda name, *_, env: environments.update({name: dict(env)}))
    monkeypatch.setattr(server, "collect_static", lambda _env: None)
    monkeypatch.setattr(server, "listen", lambda *_: 0)
    act(argparse.Namespace(host="127.0.0.1", port=8000, workers=1))
    assert ("demo" in environments) == (told is not None)
    assert environments.get("demo", {}).get("JIANFU_DEMO") == told
