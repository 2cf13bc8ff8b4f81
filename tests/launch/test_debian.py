import shutil
import subprocess
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from jianfu.launch import debian
from jianfu.launch.console import Trouble


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What would have been run; every command succeeds."""
    ran: list[list[str]] = []

    def run(*command: object, **options: object) -> int:
        ran.append([str(part) for part in command])
        return 0

    monkeypatch.setattr(debian, "run", run)
    monkeypatch.setattr(debian.shutil, "which", lambda name: f"/usr/bin/{name}")
    return ran


def test_without_apt_the_line_names_the_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian.shutil, "which", lambda name: None)
    with pytest.raises(Trouble) as trouble:
        debian.install(["chromium"])
    assert str(trouble.value) == "缺少系统软件 chromium，请先安装 / please install first: chromium"


@pytest.mark.parametrize("before", [[], ["sudo", "-n"]])
def test_who_may_install_does_without_a_question(
    before: list[str], commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "administrator", lambda: before)
    debian.install(debian.PANGO)
    update, install = commands
    assert update[-1] == "update"
    assert install[: len(before)] == before
    assert {"DEBIAN_FRONTEND=noninteractive", "install", "-y", *debian.PANGO} <= set(install)


def test_who_may_not_unpacks_what_is_missing_beside_the_project(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plan = "Inst libpango-1.0-0 (1.50.12 Debian)\nInst libthai0 (0.1.29 Debian)\nConf libthai0\n"
    monkeypatch.setattr(debian, "SYSLIBS", tmp_path)
    monkeypatch.setattr(debian, "administrator", lambda: None)
    monkeypatch.setattr(debian.subprocess, "run", lambda *_, **__: CompletedProcess([], 0, plan))
    debian.install(debian.PANGO)
    update, download = commands
    assert f"Dir::State::Lists={tmp_path}/apt/lists" in update
    assert download[-3:] == ["download", "libpango-1.0-0", "libthai0"]


def made(place: Path, name: str) -> Path:
    """A Debian package with one file."""
    tree = place / name
    (tree / "DEBIAN").mkdir(parents=True)
    control = f"Package: {name}\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: {name}\n"
    (tree / "DEBIAN/control").write_text(control)
    (tree / "usr/lib").mkdir(parents=True)
    (tree / f"usr/lib/{name}.so").write_text(name)
    package = place / f"{name}_1_all.deb"
    subprocess.run(["dpkg-deb", "--build", tree, package], check=True, capture_output=True)
    shutil.rmtree(tree)
    return package


@pytest.fixture
def carried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a bundle brought, and a place to unpack it in."""
    if shutil.which("dpkg-deb") is None:
        pytest.skip("needs Debian's dpkg-deb")
    monkeypatch.setattr(debian, "CARRIED", tmp_path / "debs")
    monkeypatch.setattr(debian, "SYSLIBS", tmp_path / "syslibs")
    (tmp_path / "debs").mkdir()
    return tmp_path / "debs"


def test_a_bundle_s_packages_need_no_network(carried: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Really unpacked; one that the system has is left alone."""
    for name in ("jianfu-never", "jianfu-never-either", "dpkg"):
        made(carried, name)
    monkeypatch.setattr(debian, "administrator", lambda: None)
    monkeypatch.setattr(debian, "own_lists", lambda: pytest.fail("asked the network"))
    debian.install(["jianfu-never"])
    unpacked = {path.name for path in debian.SYSLIBS.rglob("*.so")}
    assert unpacked == {"jianfu-never.so", "jianfu-never-either.so"}


def test_a_bundle_s_packages_are_installed_by_who_may(
    carried: Path, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    package = made(carried, "jianfu-never")
    monkeypatch.setattr(debian, "administrator", lambda: ["sudo", "-n"])
    debian.install(["jianfu-never"])
    assert commands == [["sudo", "-n", "dpkg", "--install", str(package)]]


def test_what_a_bundle_does_not_hold_is_asked_of_the_network(carried: Path) -> None:
    made(carried, "jianfu-never")
    assert debian.carried(["jianfu-never", "chromium"]) == []


def test_a_bundle_is_planned_for_a_system_that_has_python_and_nothing_else(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    plans = {"python3": "Inst libc6 (2)\nInst python3 (3)\n", "pango": "Inst libc6 (2)\nInst pango (1)\n"}

    def simulate(command: list[str], **_: object) -> CompletedProcess:
        assert f"Dir::State::status={tmp_path}/apt/status" in command
        assert (tmp_path / "apt/status").read_bytes() == b""
        return CompletedProcess([], 0, plans["python3" if "python3" in command else "pango"])

    monkeypatch.setattr(debian, "SYSLIBS", tmp_path)
    monkeypatch.setattr(debian.subprocess, "run", simulate)
    debian.download(["pango"], tmp_path / "debs")
    assert commands[-1][-2:] == ["download", "pango"]


def test_a_package_nobody_has_is_one_line(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(debian, "SYSLIBS", tmp_path)
    monkeypatch.setattr(debian.subprocess, "run", lambda *_, **__: CompletedProcess([], 100, ""))
    with pytest.raises(Trouble, match="缺少系统软件 nothing"):
        debian.unpack(["nothing"], "缺少系统软件 nothing")


def test_libraries_that_load_are_not_installed(
    commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "is_loadable", lambda library: True)
    debian.need_libraries()
    assert commands == []


def test_an_unpacked_library_counts_as_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "SYSLIBS", tmp_path)
    assert not debian.is_loadable("libjianfu-never.so.0")
    folder = tmp_path / "usr/lib/x86_64-linux-gnu"
    folder.mkdir(parents=True)
    (folder / "libjianfu-never.so.0").touch()
    assert debian.is_loadable("libjianfu-never.so.0")


def test_the_browser_that_is_named_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANFU_CHROMIUM", "/somewhere/chromium")
    assert debian.find_chromium() == "/somewhere/chromium"


def test_the_tests_need_a_browser_its_driver_and_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def install(packages: list[str]) -> None:
        asked.append(packages)
        if packages == ["postgresql"]:
            raise Trouble("不可得")  # said later, by the tests themselves

    monkeypatch.setattr(debian, "install", install)
    monkeypatch.setattr(debian, "is_loadable", lambda library: False)
    monkeypatch.setattr(debian, "find_chromium", lambda: None)
    monkeypatch.setattr(debian, "find_postgres", lambda: None)
    debian.need_for_tests()
    assert asked == [["chromium", "libatomic1"], ["postgresql"]]
