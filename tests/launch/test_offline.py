"""The bundle for a server without a network: the program as committed and every package, or nothing."""

import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from jianfu.launch import debian, offline, wheels
from jianfu.launch.console import ROOT, Trouble


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the network: one package of each kind."""

    def fetch(name: str, place: Path) -> None:
        place.mkdir()
        (place / name).write_text(name)

    monkeypatch.setattr(wheels, "make_environment", lambda purpose: None)
    monkeypatch.setattr(wheels, "download", lambda place: fetch("a.whl", place))
    monkeypatch.setattr(debian, "download", lambda packages, place: fetch(f"{packages[0]}_1.deb", place))


def test_it_holds_the_program_as_committed_and_the_packages(downloads: None, tmp_path: Path) -> None:
    target = tmp_path / "bundle.tar.gz"
    assert offline.bundle(target) == 0
    with tarfile.open(target) as bundle:
        held = {member.name for member in bundle if member.isfile()}
        runner = bundle.extractfile("jianfu/run.py").read()
        mode = bundle.getmember("jianfu/manage.py").mode
    listed = ("git", "ls-tree", "-r", "-z", "--name-only", "HEAD")
    tracked = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    packages = {"jianfu/offline/wheels/a.whl", "jianfu/offline/debs/python3-pip-whl_1.deb"}
    assert held == {f"jianfu/{name}" for name in tracked.split("\0") if name} | packages
    shown = subprocess.run(("git", "show", "HEAD:run.py"), cwd=ROOT, capture_output=True, check=True)
    assert runner == shown.stdout
    assert mode & 0o100
    assert list(tmp_path.iterdir()) == [target]


def test_one_that_breaks_off_leaves_the_earlier_one(
    downloads: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(packages: Sequence[str], place: Path) -> None:
        raise Trouble("下载不到")

    target = tmp_path / "bundle.tar.gz"
    target.write_text("earlier")
    monkeypatch.setattr(debian, "download", nothing)
    with pytest.raises(Trouble, match="下载不到"):
        offline.bundle(target)
    assert target.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [target]
