"""What pip cannot bring: pango for the PDFs, a browser and PostgreSQL for the tests."""

import contextlib
import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from jianfu.launch.console import ROOT, SYSLIBS, Trouble, run, say

CARRIED = ROOT / "offline" / "debs"  # what a bundle brought along (jianfu.launch.offline)

# What WeasyPrint loads; the packages bring the rest of it along.
LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
)
PIP = ("python3-pip-whl",)
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
NODE_LIBRARY = "libatomic.so.1"  # what Playwright's own node loads and a bare Debian has not
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def administrator() -> list[str] | None:
    """What to put before a command so that it may install packages; None where nobody may."""
    if os.geteuid() == 0:
        return []
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], **quiet) == 0:
        return ["sudo", "-n"]
    return None


def install(packages: Sequence[str]) -> None:
    """Debian packages, installed or (without the right to) unpacked into .syslibs."""
    names = " ".join(packages)
    missing = f"缺少系统软件 {names}，请先安装 / please install first: {names}"
    if not shutil.which("apt-get"):
        raise Trouble(missing)
    before = administrator()
    if brought := carried(packages):
        install_carried(brought, before, missing)
        return
    if before is None:
        unpack(packages, missing)
        return
    say(f"安装系统软件：{names}", "installing system packages")
    apt = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    run(*apt, "update")
    # Packages talk a lot while they are set up; it is worth reading only when they fail.
    with tempfile.TemporaryFile("w+") as talk:
        command = [*apt, "install", "-y", "--no-install-recommends", *packages]
        if run(*command, stdout=talk, stderr=subprocess.STDOUT):
            talk.seek(0)
            sys.stderr.write(talk.read())
            raise Trouble(missing)


def carried(packages: Sequence[str]) -> list[Path]:
    """The packages of a bundle that the system has not; none where the bundle was not made for these."""
    brought = {path.name.partition("_")[0]: path for path in sorted(CARRIED.glob("*.deb"))}
    if not brought.keys() >= set(packages):
        return []
    return [path for name, path in brought.items() if not is_installed(name)]


def is_installed(package: str) -> bool:
    told = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package],
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.startswith("installed")


def install_carried(debs: Sequence[Path], before: list[str] | None, missing: str) -> None:
    say(f"安装随包带来的系统软件 {len(debs)} 个", "installing the system packages of the bundle")
    if before is None:
        extract(debs, missing)
        return
    with tempfile.TemporaryFile("w+") as talk:
        if run(*before, "dpkg", "--install", *debs, stdout=talk, stderr=subprocess.STDOUT):
            talk.seek(0)
            sys.stderr.write(talk.read())
            raise Trouble(missing)


def unpack(packages: Sequence[str], missing: str) -> None:
    """The packages and what they need that the system has not, from lists of our own."""
    say(f"下载系统软件到 .syslibs：{' '.join(packages)}", "unpacking system packages beside the project")
    apt = own_lists()
    debs = SYSLIBS / "apt" / "debs"
    fetch(apt, planned(apt, packages, missing), debs, missing)
    extract(sorted(debs.glob("*.deb")), missing)
    shutil.rmtree(debs)


def download(packages: Sequence[str], place: Path) -> None:
    """The packages for a bundle, with all they need beside what every system with Python has."""
    say(f"下载系统软件：{' '.join(packages)}", "downloading system packages")
    trouble = f"下载不到系统软件 {' '.join(packages)} / these packages are not to be had"
    apt = own_lists()
    nothing = SYSLIBS / "apt" / "status"  # planned as for an empty system, not for this one
    nothing.touch()
    bare = [*apt, "-o", f"Dir::State::status={nothing}"]
    there = set(planned(bare, ["python3", "apt"], trouble))
    fetch(apt, [name for name in planned(bare, packages, trouble) if name not in there], place, trouble)


def own_lists() -> list[object]:
    """apt-get with lists and a cache of our own, brought up to date."""
    place = SYSLIBS / "apt"
    for folder in ("lists/partial", "cache/archives/partial"):
        (place / folder).mkdir(parents=True, exist_ok=True)
    apt = ["apt-get", "-qq", "-o", f"Dir::State::Lists={place}/lists", "-o", f"Dir::Cache={place}/cache"]
    apt += ["-o", "APT::Sandbox::User=root"]  # a folder that is ours alone, whoever we are
    run(*apt, "update")
    return apt


def planned(apt: Sequence[object], packages: Sequence[str], missing: str) -> list[str]:
    plan = subprocess.run(
        [*map(str, apt), "--simulate", "--no-install-recommends", "install", *packages],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    wanted = re.findall(r"^Inst (\S+)", plan.stdout, re.MULTILINE)
    if plan.returncode or not wanted:
        raise Trouble(missing)
    return wanted


def fetch(apt: Sequence[object], names: Sequence[str], place: Path, missing: str) -> None:
    place.mkdir(parents=True, exist_ok=True)
    run(*apt, "download", *names, cwd=place, trouble=missing)


def extract(debs: Sequence[Path], missing: str) -> None:
    for package in debs:
        run("dpkg", "-x", package, SYSLIBS, trouble=missing)


def is_loadable(library: str) -> bool:
    if any(SYSLIBS.glob(f"usr/lib/*/{library}")):
        return True
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def need_libraries() -> None:
    if sys.platform.startswith("linux") and not all(map(is_loadable, LIBRARIES)):
        install(PANGO)


def need_for_tests() -> None:
    """A browser that Playwright can drive, and PostgreSQL; the latter may be missing, the tests say so."""
    browser = [] if find_chromium() else ["chromium"]
    browser += [] if is_loadable(NODE_LIBRARY) else ["libatomic1"]
    if browser:
        install(browser)
    if find_postgres() is None:
        with contextlib.suppress(Trouble):
            install(["postgresql"])


def find_chromium() -> str | None:
    named = os.environ.get("JIANFU_CHROMIUM")
    unpacked = SYSLIBS / "usr/lib/chromium/chromium"
    if named or unpacked.exists():
        return named or str(unpacked)
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def find_postgres() -> Path | None:
    """The folder of the newest initdb: on the path, or where Debian keeps it."""
    places = [*Path("/usr/lib/postgresql").glob("*/bin"), *SYSLIBS.glob("usr/lib/postgresql/*/bin")]
    places = [place for place in places if (place / "initdb").exists()]
    if places:
        return max(places, key=lambda place: float(place.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None
