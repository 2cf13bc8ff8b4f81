"""The trial and the production server: the same gunicorn, with and without the demonstration district."""

import argparse
import contextlib
import hashlib
import http.client
import socket
import subprocess
import time

from jianfu.launch.console import ROOT, Trouble, environment, run
from jianfu.launch.wheels import LOCKS, PYTHON, digest


def free_port(host: str, first: int) -> int:
    """The first port from `first` on that nobody listens on."""
    for port in range(first, first + 100):
        with contextlib.closing(socket.socket()) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((host, port))
            except OSError:
                continue
            return port
    raise Trouble(f"{host} 上没有空闲端口 / no free port on {host}")


def manage(*arguments: str, env: dict[str, str]) -> None:
    name = arguments[0]
    trouble = f"manage.py {name} 未能完成，原因见上 / manage.py {name} failed, see above"
    run(PYTHON, "manage.py", *arguments, env=env, trouble=trouble)


def collect_static(env: dict[str, str]) -> None:
    """Hash and compress the static files; twenty seconds that are spent only when one of them changed."""
    target = ROOT / "var" / "static"
    sources = (place for place in ROOT.glob("*/static") if place != target)
    files = sorted(path for place in sources for path in place.rglob("*") if path.is_file())
    seen = hashlib.sha256(digest(LOCKS["run"]).encode())
    for path in files:
        seen.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    stamp = target / ".collected"
    if not stamp.exists() or stamp.read_text() != seen.hexdigest():
        manage("collectstatic", "--no-input", "--clear", "--verbosity", "0", env=env)
        stamp.write_text(seen.hexdigest())


def answers(near: str, port: int, known_as: str) -> bool:
    """Whether a worker answers, whatever it says; a listening socket alone is not a running server."""
    try:
        with contextlib.closing(http.client.HTTPConnection(near, port, timeout=60)) as connection:
            connection.request("HEAD", "/", headers={"Host": known_as})
            connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    return True


def listen(host: str, port: int, workers: int, env: dict[str, str]) -> int:
    """Serve until somebody stops it; the address is said once it answers."""
    command = [PYTHON, "-m", "gunicorn", "jianfu.wsgi:application", "--bind", f"{host}:{port}"]
    command += ["--worker-class", "gthread", "--workers", workers, "--threads", 4]
    # Loaded once and forked; nothing of ours in a home folder.
    command += ["--preload", "--log-level", "warning", "--no-control-socket"]
    server = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=env)
    near = "127.0.0.1" if host == "0.0.0.0" else host
    known_as = env.get("JIANFU_HOSTS", "*").split(",")[0].strip()
    try:
        while server.poll() is None:
            if answers(near, port, near if known_as == "*" else known_as):
                print(f"\n打开 / open  http://{near}:{port}/   （Ctrl+C 停止 / stops）", flush=True)
                break
            time.sleep(0.05)
        return server.wait()
    finally:
        server.terminate()
        server.wait()


def start(options: argparse.Namespace) -> int:
    env = environment()
    port = free_port(options.host, options.port)
    if options.host not in ("127.0.0.1", "localhost"):
        env.setdefault("JIANFU_HOSTS", "*")
    manage("migrate", "--no-input", "--verbosity", "0", env=env)
    env["JIANFU_DEMO"] = "1"
    manage("demo", env=env)
    return listen(options.host, port, options.workers, env)


def serve(options: argparse.Namespace) -> int:
    if free_port(options.host, options.port) != options.port:
        raise Trouble(f"端口 {options.port} 已被占用 / port {options.port} is taken")
    env = environment()
    env.setdefault("JIANFU_COLLECTED_STATIC", "1")
    manage("migrate", "--no-input", "--verbosity", "0", env=env)
    collect_static(env)
    return listen(options.host, options.port, options.workers, env)
