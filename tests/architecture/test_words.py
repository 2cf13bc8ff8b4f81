"""What must not stand in the sources: role names in templates, states written by hand, machines, English."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import pytest

from tests.architecture.sources import Fault, python_files, templates, text, tracked, tree, verdict

ROOT_NAMES = {
    "manage.py", "run.py", "pyproject.toml", "requirements.lock", "README.md", "LICENSE",
    "jianfu", "approvals", "whitelist", "ledger", "templates", "fixtures", "tests",
}  # fmt: skip
VAGUE_NAMES = {"utils", "helpers", "common", "util", "helper", "misc"}

# path -> reason
STATE_WRITERS = {"jianfu/kernel/workflow.py": "Workflow.perform is the one writer of a state"}
BULK_WRITERS = {"jianfu/kernel/history.py": "writes the history itself"}
ROLE_TEMPLATES: dict[str, str] = {}
INLINE_TEMPLATES: dict[str, str] = {}
TRANSLATED: dict[str, str] = {}
NAMES_A_MACHINE: dict[str, str] = {}

ROLE_WORDS = re.compile(
    r"has_role|has_perm|\bperms\.|is_superuser|is_staff|user\.has\b|\.role\b|user\.groups|memberships"
)
INLINE_CODE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=[\"']|javascript:", re.IGNORECASE
)
TRANSLATION_TAGS = re.compile(r"{%-?\s*(trans|translate|blocktrans|blocktranslate)\b|{%\s*load[^%]*\bi18n\b")
# Written in pieces, so that this file does not name what it forbids.
HOSTS = [("pypi", ".org"), ("python", "hosted"), ("deb.", "debian"), ("mirr", "ors.")]
PLACES = [("wo", "rk"), ("ro", "ot"), ("ho", "me"), ("tm", "p"), ("op", "t")]
MACHINES = re.compile(
    "|".join([re.escape(a + b) for a, b in HOSTS] + [rf"(?<![\w.}}/-])/{a}{b}/" for a, b in PLACES])
)
BINARY = (".png", ".jpg", ".xlsx", ".pdf", ".ico", ".docx")


def matches(paths: Iterator[str], pattern: re.Pattern[str]) -> Iterator[Fault]:
    for path in paths:
        for number, line in enumerate(text(path).splitlines(), start=1):
            found = pattern.search(line)
            if found:
                yield path, f"line {number}: {found.group().strip()}"


def targets(node: ast.AST) -> list[ast.expr]:
    """What an assignment writes to, also inside `a.b, c.d = …`."""
    if isinstance(node, ast.Assign):
        written = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        written = [node.target]
    else:
        return []
    return [part for target in written for part in getattr(target, "elts", [target])]


def is_called(node: ast.AST, name: str) -> bool:
    if not isinstance(node, ast.Call):
        return False
    function = node.func
    return name == (function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", None))


def writes_state(node: ast.AST) -> bool:
    """obj.state = …, setattr(obj, "state", …), queryset.update(state=…)."""
    if any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets(node)):
        return True
    if is_called(node, "update"):
        return any(keyword.arg == "state" for keyword in node.keywords)
    if is_called(node, "setattr"):
        name = node.args[1] if len(node.args) > 1 else None
        return isinstance(name, ast.Constant) and name.value == "state"
    return False


def state_writers() -> Iterator[Fault]:
    for path in python_files(product_only=True):
        for node in ast.walk(tree(path)):
            if writes_state(node):
                yield path, f"line {node.lineno}: a state is written outside Workflow.perform"


def writes_past_history(node: ast.AST) -> bool:
    """A queryset's update() or bulk write: simple_history sees none of them (design.md §4)."""
    if is_called(node, "bulk_create") or is_called(node, "bulk_update"):
        return True
    if not is_called(node, "update") or not isinstance(node.func, ast.Attribute):
        return False
    receiver = node.func.value
    return (
        is_called(receiver, "filter")
        or is_called(receiver, "exclude")
        or is_called(receiver, "all")
        or (isinstance(receiver, ast.Attribute) and receiver.attr == "objects")
    )


def may_write_in_bulk(path: str) -> bool:
    """A service writes the history beside it; a demonstration district is made before there is any."""
    parts = {PurePosixPath(part).stem for part in PurePosixPath(path).parts}
    return bool(parts & {"services", "demo", "audit"})


def bulk_writers() -> Iterator[Fault]:
    for path in python_files(product_only=True):
        if may_write_in_bulk(path):
            continue
        for node in ast.walk(tree(path)):
            if writes_past_history(node):
                yield path, f"line {node.lineno}: written past the history, outside a service"


def test_a_state_has_one_writer() -> None:
    verdict(state_writers(), {k: v for k, v in STATE_WRITERS.items() if k in tracked()})


def test_no_write_past_the_history() -> None:
    verdict(bulk_writers(), BULK_WRITERS)


def test_templates_name_no_role() -> None:
    verdict(matches(templates(), ROLE_WORDS), ROLE_TEMPLATES)


def test_no_inline_script_or_style() -> None:
    """The Content-Security-Policy refuses them on a page; the sources of a PDF are no page."""
    pages = (path for path in templates() if not path.startswith("templates/exports/"))
    verdict(matches(pages, INLINE_CODE), INLINE_TEMPLATES)


def test_words_are_chinese_where_they_stand() -> None:
    verdict(matches(templates(), TRANSLATION_TAGS), TRANSLATED)


def test_nothing_names_an_index_or_a_machine() -> None:
    sources = (path for path in tracked() if not path.endswith(BINARY))
    verdict(matches(sources, MACHINES), NAMES_A_MACHINE)


def test_no_vague_names() -> None:
    vague = [path for path in tracked() if VAGUE_NAMES & {part.split(".")[0] for part in path.split("/")}]
    assert vague == [], "name the noun it is about"


def test_the_root_is_closed() -> None:
    names = {path.split("/")[0] for path in tracked()}
    assert sorted(name for name in names if not name.startswith(".") and name not in ROOT_NAMES) == []


def test_ci_holds_its_script_and_nothing_else() -> None:
    assert [path for path in tracked() if path.startswith(".ci/")] in ([], [".ci/run"])


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("row.state = 'x'", True),
        ("row.state, row.day = 'x', day", True),
        ("setattr(row, 'state', 'x')", True),
        ("rows.update(state='x')", True),
        ("row.state == 'x'", False),
        ("rows.filter(state='x')", False),
    ],
)
def test_a_written_state_is_seen(source: str, written: bool) -> None:
    assert any(writes_state(node) for node in ast.walk(ast.parse(source))) is written


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("Row.objects.filter(pk=1).update(title='x')", True),
        ("Row.objects.bulk_create(rows)", True),
        ("context.update(title='x')", False),
        ("row.save()", False),
    ],
)
def test_a_write_past_the_history_is_seen(source: str, written: bool) -> None:
    assert any(writes_past_history(node) for node in ast.walk(ast.parse(source))) is written


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("cd /wo" + "rk/main", True),
        ("https://py" + "pi.org/simple", True),
        ("path('homework/tmp/', view)", False),
        ("/workbench/", False),
    ],
)
def test_a_machine_is_seen(line: str, named: bool) -> None:
    assert bool(MACHINES.search(line)) is named


@pytest.mark.parametrize(
    ("line", "inline"),
    [
        ("<script>go()</script>", True),
        ('<p style="color:red">', True),
        ('<button onclick="go()">', True),
        ("<script src=\"{% static 'a.js' %}\"></script>", False),
        ('<link rel="stylesheet" href="a.css">', False),
    ],
)
def test_inline_code_is_seen(line: str, inline: bool) -> None:
    assert bool(INLINE_CODE.search(line)) is inline
