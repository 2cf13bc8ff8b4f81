"""What a form or a register implements so that files can be read into it.

A file is read in a process of its own (`documents.reading`), handed to the target as plain cells, and becomes
a `Plan`: every change cell by cell and everything that was not understood. A person looks at it and confirms;
only then `Target.write` is called, inside one transaction, with what the plan carries.

    class Book(Target): …            # in the app's exports/ or resources
    targets.register("forms", …)     # in AppConfig.ready; the name stands in the address

The page, the progress, permissions to look at an upload, its file and its end are not the target's concern.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from .decisions import Decision
from .registry import Registry

if TYPE_CHECKING:
    from .documents.reading import Book


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in the file. A row of 0 is the file as a whole."""

    sheet: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        if not self.row:
            return self.sheet
        return f"{self.sheet} 第 {self.row} 行" + (f" {self.column} 列" if self.column else "")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something that is not read, or not read as it stands: what is wrong, and the remedy.

    ``stops``: the whole file cannot be confirmed. Else only this cell or row is left out. ``is_remark``
    marks what a reader should know of although nothing is wrong with it.
    """

    words: str
    place: Place = Place()
    stops: bool = False
    is_remark: bool = False


@dataclass(frozen=True, kw_only=True)
class Change:
    """One cell: what stands there, what the file says. ``key`` names it within the plan.

    ``changed_by`` says who changed it since the file was exported (name and time, in words). A ``conflict``
    is not written unless the person chooses it by its key; not even then where ``kept`` says why it stays.
    """

    key: str
    row: str
    column: str
    before: str
    after: str
    changed_by: str = ""
    conflict: bool = False
    kept: str = ""
    place: Place = Place()


@dataclass(frozen=True, kw_only=True)
class Part:
    """One row of a form as a whole: what of it was understood, and what not."""

    row: str
    understood: str = ""
    missed: str = ""


@dataclass(frozen=True)
class Plan:
    """What confirming would do. ``data`` is the target's own: plain JSON values from which `write` works,
    with the version of every row that it was made from."""

    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    summary: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def stopping(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.stops)

    @property
    def may_confirm(self) -> bool:
        return any(not change.kept for change in self.changes) and not self.stopping

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Plan:
        return cls(
            tuple(Change(**{**change, "place": Place(**change["place"])}) for change in kept["changes"]),
            tuple(Problem(**{**found, "place": Place(**found["place"])}) for found in kept["problems"]),
            kept["data"],
            kept["summary"],
            tuple(Part(**part) for part in kept.get("parts", ())),
        )


class Target(Protocol):
    """A form or register into which files are read. ``about`` says which one of several: a year, or ""."""

    label: str  # what it is called on the page: 2026年填报表
    hint: str  # which files are taken, in a sentence

    def find(self, about: str, by: Any) -> Any:
        """The thing that ``about`` means, for this person; None where it is not theirs to see (404)."""

    def title(self, found: Any) -> str:
        """Its name on the page."""

    def back_url(self, found: Any) -> str:
        """The page from which the person came."""

    def may(self, found: Any, by: Any) -> Decision:
        """May this person read files into it now? Asked before an upload and again before writing."""

    def read(self, found: Any, book: Book, by: Any) -> Plan:
        """What the file says against what stands there now. Writes nothing."""

    def write(self, found: Any, plan: Plan, *, chosen: frozenset[str], by: Any, at: datetime | None) -> str:
        """Write every change that is no conflict, and the chosen conflicts, through the services and with the
        plan's versions; returns in words what was written. Called inside a transaction: raise `Conflicted`
        or `Refused` and nothing is written."""


targets: Registry[Target] = Registry()
