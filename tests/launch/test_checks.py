import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from jianfu.launch import checks


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every pytest run by its database; everything passes, nothing is installed."""
    ran: list[str] = []

    def run(*command: object, env: dict[str, str], **options: object) -> int:
        if "pytest" in command:
            once = " what differs" if env.get("JIANFU_TESTED_ON_SQLITE") else ""
            ran.append(env.get("DATABASE_URL", "sqlite") + once)
        return 0

    @contextlib.contextmanager
    def cluster(tools: Path) -> Iterator[str]:
        yield "postgres://temporary"

    monkeypatch.setattr(checks, "run", run)
    monkeypatch.setattr(checks, "temporary_cluster", cluster)
    monkeypatch.setattr(checks, "need_for_tests", lambda: None)
    monkeypatch.setattr(checks, "find_chromium", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(checks, "find_postgres", lambda: Path("/usr/bin"))
    monkeypatch.delenv("JIANFU_TESTED_ON_SQLITE", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres://of-the-person/who-tests")
    return ran


def options(*, sqlite: bool = False, postgres: bool = False) -> argparse.Namespace:
    return argparse.Namespace(sqlite=sqlite, postgres=postgres, arguments=[])


def test_both_databases_and_never_the_persons_own(runs: list[str]) -> None:
    assert checks.test(options()) == 0
    assert runs == ["sqlite", "postgres://temporary what differs"]


def test_one_database(runs: list[str]) -> None:
    checks.test(options(sqlite=True))
    checks.test(options(postgres=True))
    assert runs == ["sqlite", "postgres://temporary"]


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_without_postgres_only_ci_fails(
    ci: str, code: int, runs: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "find_postgres", lambda: None)
    monkeypatch.setenv("CI", ci)
    assert checks.test(options()) == code
    assert runs == ["sqlite"]
    assert "没有 PostgreSQL，只在 SQLite 上测试" in capsys.readouterr().err


def test_a_failure_is_named_and_the_rest_still_runs(
    runs: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checks, "gates", lambda env: ["ruff check"])
    assert checks.test(options()) == 1
    assert runs == ["sqlite", "postgres://temporary what differs"]
    assert capsys.readouterr().out == "未通过 / failed: ruff check\n"
