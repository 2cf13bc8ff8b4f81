"""`run.py test`: the checks that need no test, then the suite on both databases.

What no database can decide runs once, on SQLite: tests that use none, and how pages look in the browser
(`differs_by_database` in tests/conftest.py). With --postgres everything that is named runs there.
"""

import argparse
import os
from collections.abc import Sequence

from jianfu.launch.cluster import temporary_cluster
from jianfu.launch.console import environment, run, say
from jianfu.launch.debian import find_chromium, find_postgres, need_for_tests
from jianfu.launch.wheels import PYTHON, VENV


def gates(env: dict[str, str]) -> list[str]:
    """The names of the checks that failed, of those that need no test."""
    checks = {
        "ruff check": (PYTHON, "-m", "ruff", "check"),
        "ruff format": (PYTHON, "-m", "ruff", "format", "--check"),
        "import-linter": (VENV / "bin" / "lint-imports", "--no-cache"),
        "migrations": (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"),
    }
    return [name for name, command in checks.items() if run(*command, env=env) != 0]


def test_on_postgres(pytest: Sequence[object], env: dict[str, str]) -> list[str]:
    tools = find_postgres()
    if tools is None:
        say("没有 PostgreSQL，只在 SQLite 上测试", "no PostgreSQL to be had: tested on SQLite only")
        return ["PostgreSQL"] if os.environ.get("CI") == "true" else []
    with temporary_cluster(tools) as url:
        return ["PostgreSQL"] if run(*pytest, env=dict(env, DATABASE_URL=url)) else []


def test(options: argparse.Namespace) -> int:
    need_for_tests()
    env = dict(environment(), JIANFU_CHROMIUM=find_chromium() or "")
    env.pop("DATABASE_URL", None)
    pytest = [PYTHON, "-m", "pytest", "-n", "2", *options.arguments]
    failed = gates(env)
    if not options.postgres:
        failed += ["SQLite"] if run(*pytest, env=env) else []
    if not options.sqlite:
        if not options.postgres:
            env["JIANFU_TESTED_ON_SQLITE"] = "1"
            say(
                "不用数据库的测试、页面外观只在 SQLite 上跑一遍",
                "without a database, and looks: once, on SQLite",
            )
        failed += test_on_postgres(pytest, env)
    if failed:
        print(f"未通过 / failed: {', '.join(failed)}", flush=True)
        return 1
    print("全部通过 / all passed", flush=True)
    return 0
