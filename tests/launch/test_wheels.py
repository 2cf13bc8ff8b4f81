import hashlib
import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from jianfu.launch import wheels
from jianfu.launch.console import ROOT

PINNED = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


def pins(purpose: str) -> dict[str, Version]:
    return {name: Version(number) for name, number in PINNED.findall(wheels.LOCKS[purpose].read_text())}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment of its own with two small locks."""
    for purpose in ("run", "test"):
        lock = tmp_path / f"{purpose}.lock"
        lock.write_text(f"{purpose}==1\n")
        monkeypatch.setitem(wheels.LOCKS, purpose, lock)
    monkeypatch.setattr(wheels, "ROOT", tmp_path)
    monkeypatch.setattr(wheels, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(wheels, "STAMP", tmp_path / "stamp")
    (tmp_path / "python").touch()
    return tmp_path


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The locks that pip was asked to install."""
    locks: list[str] = []

    def run(*command: object, **options: object) -> int:
        if "install" in command:
            locks.append(Path(str(command[-1])).stem)
        return 0

    monkeypatch.setattr(wheels, "run", run)
    return locks


def test_installs_once_and_again_when_the_lock_changed(place: Path, installed: list[str]) -> None:
    wheels.make_environment("run")
    wheels.make_environment("run")
    assert installed == ["run"]
    wheels.LOCKS["run"].write_text("run==2\n")
    wheels.make_environment("run")
    assert installed == ["run", "run"]


def test_the_lock_of_the_tests_serves_to_run_but_not_the_other_way(place: Path, installed: list[str]) -> None:
    wheels.make_environment("run")
    wheels.make_environment("test")
    wheels.make_environment("run")
    assert installed == ["run", "test"]


@pytest.mark.parametrize(("purpose", "asks_a_network"), [("run", False), ("test", True)])
def test_what_a_bundle_brought_is_installed_without_a_network(
    place: Path, monkeypatch: pytest.MonkeyPatch, purpose: str, asks_a_network: bool
) -> None:
    commands: list[tuple[object, ...]] = []
    (place / "wheels").mkdir()
    monkeypatch.setattr(wheels, "CARRIED", place / "wheels")
    monkeypatch.setattr(wheels, "run", lambda *command, **_: commands.append(command) or 0)
    wheels.make_environment(purpose)
    (install,) = [command for command in commands if "install" in command]
    assert ("--no-index" not in install) == asks_a_network
    assert (place / "wheels" in install) != asks_a_network
    assert "--require-hashes" in install


def test_a_download_is_checked_by_the_lock_s_hashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Really by pip, from a folder in place of an index."""
    shelf, place, lock = tmp_path / "shelf", tmp_path / "place", tmp_path / "run.lock"
    shelf.mkdir()
    wheel = shelf / "jianfu_never-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as written:
        written.writestr(
            "jianfu_never-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: jianfu-never\nVersion: 1\n"
        )
        written.writestr("jianfu_never-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        written.writestr("jianfu_never-1.dist-info/RECORD", "")
    lock.write_text(f"jianfu-never==1 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    monkeypatch.setitem(wheels.LOCKS, "run", lock)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shelf))
    wheels.download(place)
    assert [path.name for path in place.iterdir()] == [wheel.name]
    lock.write_text(f"jianfu-never==1 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(wheels.Trouble, match="下载不全"):
        wheels.download(tmp_path / "other")


def test_a_failed_installation_is_tried_again(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*command: object, trouble: str = "", **options: object) -> int:
        if "install" in command:
            raise wheels.Trouble(trouble)
        return 0

    monkeypatch.setattr(wheels, "run", run)
    with pytest.raises(wheels.Trouble, match="软件包未能装好"):
        wheels.make_environment("run")
    assert not wheels.is_installed("run")


@pytest.mark.parametrize("purpose", ["run", "test"])
def test_a_lock_holds_hashes_and_names_no_place(purpose: str) -> None:
    source = wheels.LOCKS[purpose].read_text()
    blocks = re.split(r"^(?=\S+==)", source, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pins(purpose)) > 20
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", source)


@pytest.mark.parametrize("purpose", ["run", "test"])
def test_a_lock_satisfies_pyproject(purpose: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = list(project["dependencies"])
    if purpose == "test":
        asked += project["optional-dependencies"]["test"]
    held = pins(purpose)
    for requirement in map(Requirement, asked):
        assert requirement.specifier.contains(held[requirement.name.lower()]), requirement
        assert {each.operator for each in requirement.specifier} == {"~="}, requirement


def test_both_locks_hold_the_same_versions() -> None:
    to_run, to_test = pins("run"), pins("test")
    assert {name: to_test.get(name) for name in to_run} == to_run
