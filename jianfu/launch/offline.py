"""The bundle for a server without a network: the program together with every package it is installed from.

Made by `run.py bundle` on a machine with the same system, processor and Python. Unpacked, `run.py` finds the
packages in the folder ``offline`` and asks no network for them.
"""

import hashlib
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jianfu.launch import debian, wheels
from jianfu.launch.console import ROOT, run, say

NAME = "jianfu"  # the folder in the bundle


def bundle(target: Path) -> int:
    """Write the bundle, whole or not at all, and say its digest for whoever carries it over."""
    wheels.make_environment("run")
    with tempfile.TemporaryDirectory() as place:
        aside = Path(place)
        program = aside / "program.tar"
        archive = ("git", "archive", "--format=tar", "HEAD", "-o", program)
        run(*archive, trouble="这里不是 git 取得的目录，无法打包 / this is no git checkout")
        wheels.download(aside / wheels.CARRIED.name)
        debian.download((*debian.PIP, *debian.PANGO), aside / debian.CARRIED.name)
        part = target.with_name(f"{target.name}.part")
        with tarfile.open(part, "w:gz") as out:
            for member, path in _carried(aside):
                out.add(path, member)
            _copy(program, out)
        part.replace(target)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    say(f"已写好 {target}（{target.stat().st_size // 1_000_000} MB）", "written")
    print(f"SHA-256 {digest}", flush=True)
    return 0


def _carried(aside: Path) -> Iterator[tuple[str, Path]]:
    for folder in (wheels.CARRIED, debian.CARRIED):
        for path in sorted((aside / folder.name).iterdir()):
            yield f"{NAME}/{folder.relative_to(ROOT)}/{path.name}", path


def _copy(program: Path, out: tarfile.TarFile) -> None:
    with tarfile.open(program) as source:
        for member in source:
            content = source.extractfile(member) if member.isfile() else None
            member.name = f"{NAME}/{member.name}"
            out.addfile(member, content)
