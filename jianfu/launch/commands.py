"""The words after `run.py`, and who answers to them."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from jianfu.launch import checks, offline, server, wheels
from jianfu.launch.console import ROOT, Trouble, environment
from jianfu.launch.debian import need_libraries

TASKS = ("test", "manage", "serve", "lock", "bundle")


def parse(words: Sequence[str]) -> argparse.Namespace:
    """`task`, its options, and in `arguments` what is passed on to pytest or manage.py untouched."""
    task = words[0] if words and words[0] in TASKS else "start"
    rest = list(words[1:] if task != "start" else words)
    if task == "manage":
        return argparse.Namespace(task=task, arguments=rest)
    parser = argparse.ArgumentParser(
        prog=f"run.py {task}" if task != "start" else f"run.py [{' | '.join(TASKS)}]",
        allow_abbrev=False,
    )
    if task in ("start", "serve"):
        parser.add_argument("--host", default="127.0.0.1", help="监听地址 / address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="端口 / port")
        parser.add_argument("--workers", type=int, default=2, help="进程数 / processes")
    if task == "bundle":
        parser.add_argument(
            "file", type=Path, help="离线安装包，如 jianfu.tar.gz / where to write the bundle"
        )
    if task == "test":
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--sqlite", action="store_true", help="只测 SQLite / SQLite only")
        only.add_argument("--postgres", action="store_true", help="只测 PostgreSQL / PostgreSQL only")
        options, passed_on = parser.parse_known_args(rest)
    else:
        options, passed_on = parser.parse_args(rest), []
    options.task, options.arguments = task, passed_on
    return options


def act(options: argparse.Namespace) -> int:
    if options.task == "lock":
        return wheels.write_locks()
    if options.task == "bundle":
        return offline.bundle(options.file)
    wheels.make_environment("test" if options.task == "test" else "run")
    need_libraries()
    if options.task == "manage":
        os.chdir(ROOT)
        os.execve(wheels.PYTHON, [str(wheels.PYTHON), "manage.py", *options.arguments], environment())
    return {"start": server.start, "serve": server.serve, "test": checks.test}[options.task](options)


def main(words: Sequence[str]) -> int:
    # As with Ctrl+C: whatever was started is stopped and removed on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return act(parse(words))
    except Trouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    except KeyboardInterrupt:
        return 130
