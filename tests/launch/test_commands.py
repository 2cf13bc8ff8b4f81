import pytest

from jianfu.launch import commands
from jianfu.launch.console import Trouble


def test_without_a_word_the_trial_starts() -> None:
    options = commands.parse([])
    assert (options.task, options.host, options.port, options.arguments) == ("start", "127.0.0.1", 8000, [])


def test_host_port_and_workers() -> None:
    options = commands.parse(["serve", "--host", "0.0.0.0", "--port", "80", "--workers", "3"])
    assert (options.task, options.host, options.port, options.workers) == ("serve", "0.0.0.0", 80, 3)


def test_what_pytest_understands_is_passed_on_in_order() -> None:
    options = commands.parse(["test", "--sqlite", "tests/kernel", "-k", "a or b", "--p", "x"])
    assert options.sqlite
    assert options.arguments == ["tests/kernel", "-k", "a or b", "--p", "x"]


def test_what_manage_understands_is_passed_on_untouched() -> None:
    words = ["export_ledger", "--format", "xlsx", "--port", "1", "--help"]
    assert commands.parse(["manage", *words]).arguments == words


@pytest.mark.parametrize("words", [["--unknown"], ["tests"], ["test", "--sqlite", "--postgres"]])
def test_a_mistyped_command_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        commands.parse(words)
    assert stopped.value.code == 2


def test_trouble_is_one_line_and_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def trouble(options: object) -> int:
        raise Trouble("缺少软件 / missing")

    monkeypatch.setattr(commands, "act", trouble)
    assert commands.main([]) == 1
    assert capsys.readouterr().err == "缺少软件 / missing\n"
