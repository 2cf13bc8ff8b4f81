"""Directions: import-linter's contracts, and what they cannot say (design.md §2)."""

from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from importlinter import api  # noqa: F401  (configures the linter)
from importlinter.application.use_cases import lint_imports

from tests.architecture.sources import ROOT, Fault, verdict

# What every app may import: the kernel, and the admin's base class, which knows no app either.
GROUND = ("jianfu.kernel", "jianfu.admin_site")
APPS = ("approvals", "whitelist", "ledger", "jianfu.handouts", "jianfu.audit", "jianfu.organisations")
BUSINESS = ("approvals", "whitelist", "ledger")
OPEN_MODULES = {"selectors", "services", "states"}

# importer -> reason
EXCUSED: dict[str, str] = {}


def app_of(module: str) -> str:
    """The app a module belongs to; what is left of the project package is "jianfu", the top of the house."""
    for app in (*APPS, *GROUND):
        if module == app or module.startswith(app + "."):
            return app
    return module.split(".", maxsplit=1)[0]


def is_open(module: str, app: str) -> bool:
    """Whether another app may import it: the app's selectors, services or states, or what is in them."""
    inside = module.removeprefix(app).lstrip(".").split(".")
    return inside[0] in OPEN_MODULES


def complaint(importer: str, imported: str) -> str:
    """What is wrong with this import; empty when nothing is."""
    here, there = app_of(importer), app_of(imported)
    if here == there or there in GROUND:
        return ""
    if there == "jianfu":
        return f"imports {imported}: the project package stands on top, no app knows it"
    if here == "jianfu" and there in BUSINESS:
        return f"imports {imported}: the top reaches apps only through jianfu.kernel.registry"
    if not is_open(imported, there):
        return f"imports {imported}: a foreign app only through its selectors, services and states"
    return ""


def foreign_imports(graph: grimp.ImportGraph) -> Iterator[Fault]:
    for importer in sorted(graph.modules):
        for imported in sorted(graph.find_modules_directly_imported_by(importer)):
            words = complaint(importer, imported)
            if words:
                yield importer, words


def test_import_linter_contracts_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    assert lint_imports(config_filename=str(Path("pyproject.toml")), cache_dir=None, no_logo=True)


def test_foreign_apps_are_used_through_their_doors() -> None:
    graph = grimp.build_graph(
        "jianfu",
        *BUSINESS,
        cache_dir=None,
        exclude_type_checking_imports=True,
        include_external_packages=False,
    )
    verdict(foreign_imports(graph), EXCUSED)


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        ("ledger.services", "approvals.selectors", True),
        ("ledger.services.rows", "jianfu.organisations.selectors.people", True),
        ("ledger.models", "approvals.models", False),
        ("approvals.views", "jianfu.kernel.workflow", True),
        ("approvals.views", "approvals.models", True),
        ("approvals.admin", "jianfu.admin_site", True),
        ("approvals.views", "jianfu.workbench", False),
        ("jianfu.workbench", "approvals.selectors", False),
        ("jianfu.workbench", "jianfu.organisations.selectors", True),
        ("jianfu.workbench", "jianfu.organisations.models", False),
    ],
)
def test_the_doors(importer: str, imported: str, allowed: bool) -> None:
    assert (complaint(importer, imported) == "") is allowed
