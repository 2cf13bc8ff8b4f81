"""One worker as the server runs it: answers so many requests, prints the most it ever held (KB).

python -m tests.benchmarks.worker COUNT < mix.json        [[path, session key], …], asked for in turn
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

from . import place


def main() -> None:
    count = int(sys.argv[1])
    mix = json.load(sys.stdin)
    place.prepare()
    from jianfu.wsgi import application

    for number in range(count):
        path, session = mix[number % len(mix)]
        _ask(application, path, session)
    sys.stdout.write(str(_most_resident()))


def _most_resident() -> int:
    """VmHWM: ru_maxrss would also count the process that started this one."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def _ask(application: Any, path: str, session: str) -> None:
    answered = []
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_COOKIE": f"sessionid={session}" if session else "",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    answer = application(environ, lambda status, _headers, _info=None: answered.append(status))
    for _ in answer:
        pass
    answer.close()
    if not answered[0].startswith("200"):
        raise SystemExit(f"{path}: {answered[0]}")


if __name__ == "__main__":
    main()
