"""run.py itself: it must be read by a Python that cannot run the rest."""

import ast

import pytest

import run
from tests.architecture.sources import text


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 9, 2), (3, 10, 13)])
def test_an_old_python_is_told_in_one_line_which_one_is_needed(version: tuple[int, ...]) -> None:
    line = run.version_trouble(version)
    assert line.startswith("需要 Python 3.11 或更新版本，当前是 ")
    assert f"3.11 or newer is needed, this is {version[0]}.{version[1]}" in line
    assert "\n" not in line


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_a_new_python_is_told_nothing(version: tuple[int, ...]) -> None:
    assert run.version_trouble(version) == ""


def test_parses_on_old_pythons() -> None:
    ast.parse(text("run.py"), feature_version=(3, 7))


def test_what_runs_before_anything_is_installed_is_standard_library_only() -> None:
    import sys

    from tests.architecture.sources import python_files, tree

    for path in ["run.py", *(each for each in python_files() if each.startswith("jianfu/launch/"))]:
        for node in ast.walk(tree(path)):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in sys.stdlib_module_names or name.startswith("jianfu.launch"), path
    assert text("jianfu/__init__.py").strip() == ""
