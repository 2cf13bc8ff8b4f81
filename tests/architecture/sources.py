"""The files a rule looks at, and the one way a rule reports and is excused.

A rule yields (path, what is wrong). `verdict` takes away what stands in the rule's exceptions, each with its
reason, and says so when an exception is no longer needed: a list of excuses must not outlive them.
"""

import ast
import functools
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

Fault = tuple[str, str]


@functools.cache
def tracked() -> tuple[str, ...]:
    """Paths relative to the root: what git holds and what it would hold, in order; never what it ignores."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(sorted(path for path in set(listed.split("\0")) if path and (ROOT / path).is_file()))


def python_files(*, product_only: bool = False) -> Iterator[str]:
    for path in tracked():
        if path.endswith(".py") and "/migrations/" not in path:
            if product_only and path.startswith("tests/"):
                continue
            yield path


def templates() -> Iterator[str]:
    return (path for path in tracked() if path.endswith((".html", ".svg", ".txt")) and "templates/" in path)


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@functools.cache
def tree(path: str) -> ast.Module:
    return ast.parse(text(path), filename=path)


def verdict(faults: Iterable[Fault], excused: Mapping[str, str]) -> None:
    """Fail with every fault that is not excused, and with every excuse that has no fault any more."""
    found = list(faults)
    needless = excused.keys() - {path for path, _ in found}
    lines = [f"{path}: {words}" for path, words in found if path not in excused]
    lines += [f"{path}: needs no exception any more ({excused[path]})" for path in sorted(needless)]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)
