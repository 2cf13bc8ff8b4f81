"""What an app says of a file that it can make, so that a long one is made beside the server (导出中心).

    def maker(about, by): …              # in the app's exports/: what would be made for this person
    makers.register("register", maker)   # in AppConfig.ready

A maker is asked again when the file is written and whenever it is handed out: it decides anew what the person
may have. The queue, the progress, the kept file and its end are not the maker's concern (`jianfu.handouts`).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, TypeVar

from . import trail
from .registry import Registry

T = TypeVar("T")
Said = Callable[[int], None]
Facts = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Export:
    """One file for one person.

    ``write(out, said)`` makes it and returns what the trail must know of it (rows, filter, with names or
    not). It tells ``said`` how many of ``total`` it has done, in each of its ``stages`` one after the other:
    with two stages of 2,000 rows it counts up to 4,000. ``action`` is the event of a file that leaves.
    ``is_long``: a person should not wait for it.
    """

    title: str
    extension: str
    total: int
    write: Callable[[IO[bytes], Said], Facts]
    action: str
    is_long: bool
    measure: str = "行"
    stages: tuple[str, ...] = ("已写",)

    def made(self) -> tuple[bytes, Facts]:
        """At once, in memory."""
        out = io.BytesIO()
        facts = self.write(out, lambda _done: None)
        return out.getvalue(), facts


Maker = Callable[[Mapping[str, str], Any], Export | None]
"""(about, by): None where the person sees nothing of the kind, `Refused` where they may not have it."""

makers: Registry[Maker] = Registry()


def counted(items: Iterable[T], said: Said, before: int = 0) -> Iterator[T]:
    """The items, telling how many were taken, on top of ``before``."""
    for number, item in enumerate(items, start=1):
        yield item
        said(before + number)


def in_parts(rows: Any, size: int = 1_000) -> Iterator[Any]:
    """The rows of a queryset in its order, so many in memory at a time.

    Not `iterator`: SQLite does not let a process write (its progress) that is in the middle of reading.
    """
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), size):
        part = keys[start : start + size]
        found = {row.pk: row for row in rows.filter(pk__in=part).order_by()}
        yield from (found[key] for key in part if key in found)


def note(export: Export, facts: Facts, *, by: Any, target: Any) -> None:
    """The event of a file that leaves."""
    trail.record(action=export.action, by=by, target=target, data={**facts, "kind": export.extension})
