"""The Python environment: .venv, filled from a lock with hashes."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from jianfu.launch.console import ROOT, SYSLIBS, Trouble, environment, run, say
from jianfu.launch.debian import PIP, install

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".jianfu-locks"  # the digests of the locks that are installed, one a line
WHEEL_PLACES = (SYSLIBS / "usr/share/python-wheels", Path("/usr/share/python-wheels"))  # of Debian's pip
CARRIED = ROOT / "offline" / "wheels"  # what a bundle brought along (jianfu.launch.offline)
LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "tests" / "requirements.lock"}


def digest(lock: Path) -> str:
    """What must be the same for an installation to be the same: the lock and the Python."""
    return hashlib.sha256(lock.read_bytes() + repr(sys.version_info[:2]).encode()).hexdigest()


def is_installed(purpose: str) -> bool:
    return PYTHON.exists() and STAMP.exists() and digest(LOCKS[purpose]) in STAMP.read_text().split()


def make_environment(purpose: str) -> None:
    """A .venv that holds the lock of this purpose ("run" or "test"), made or brought up to date."""
    if is_installed(purpose):
        return
    if not PYTHON.exists() or run(PYTHON, "-m", "pip", "--version", stdout=subprocess.DEVNULL) != 0:
        make_venv()
    lock = LOCKS[purpose]
    count = len(re.findall(r"^\S+==", lock.read_text(), re.MULTILINE))
    name = lock.relative_to(ROOT)
    say(f"安装 {count} 个 Python 软件包（{name}）", f"installing {count} Python packages ({name})")
    run(
        *(PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"),
        *(("--no-index", "--find-links", CARRIED) if purpose == "run" and CARRIED.is_dir() else ()),
        *("--require-hashes", "--only-binary=:all:", "-r", lock),
        trouble="Python 软件包未能装好，原因见上 / the Python packages could not be installed, see above",
    )
    # The lock of the tests is the lock to run and more, at the same versions.
    done = {"run": ["run"], "test": ["run", "test"]}[purpose]
    STAMP.write_text("".join(digest(LOCKS[each]) + "\n" for each in done))


def download(place: Path) -> None:
    """Everything of the lock to run, for a bundle: for this system, this processor and this Python."""
    say("下载 Python 软件包", "downloading the Python packages")
    run(
        *(PYTHON, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-input"),
        *("--require-hashes", "--only-binary=:all:", "-r", LOCKS["run"], "-d", place),
        trouble="Python 软件包下载不全，原因见上 / the Python packages could not be downloaded, see above",
    )


def make_venv() -> None:
    say("建立 Python 环境 .venv", "making the Python environment .venv")
    base = getattr(sys, "_base_executable", None) or sys.executable
    trouble = "无法建立 .venv，原因见上 / .venv could not be made, see above"
    if importlib.util.find_spec("ensurepip") is not None:
        run(base, "-m", "venv", "--clear", VENV, trouble=trouble)
        return
    install(PIP)  # Debian keeps it in a package of its own
    pip = max(path for place in WHEEL_PLACES for path in place.glob("pip-*.whl"))
    run(base, "-m", "venv", "--clear", "--without-pip", VENV, trouble=trouble)
    env = dict(environment(), PYTHONPATH=str(pip))
    command = (PYTHON, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", pip)
    run(*command, env=env, trouble=trouble)


def write_locks() -> int:
    """Both locks from pyproject.toml, for every platform, without the name of any index."""
    uv = shutil.which("uv", path=f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    if not uv:
        raise Trouble("缺少 uv，请先运行 pip install uv / uv is missing: pip install uv")
    base = [uv, "pip", "compile", "--quiet", "pyproject.toml", "--universal", "--python-version", "3.11"]
    base += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
    base += ["--custom-compile-command", "python3 run.py lock"]
    trouble = "锁定未完成，原因见上 / the locks were not written, see above"
    run(*base, "-o", LOCKS["run"], trouble=trouble)
    return run(*base, "--extra", "test", "-c", LOCKS["run"], "-o", LOCKS["test"], trouble=trouble)
