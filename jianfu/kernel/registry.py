"""Where each app declares its share of what gathers from all: 待办, navigation, history pages, search.

The pages that gather import no app; an app registers in its ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from .calendar import Remaining

T = TypeVar("T")


class Registry(Generic[T]):
    """An ordered list of named declarations; a name registered twice replaces the first (reloads)."""

    def __init__(self) -> None:
        self._items: dict[str, T] = {}

    def register(self, name: str, item: T) -> T:
        self._items[name] = item
        return item

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())

    def __getitem__(self, name: str) -> T:
        return self._items[name]

    def __contains__(self, name: str) -> bool:
        return name in self._items

    def get(self, name: str) -> T | None:
        return self._items.get(name)


@dataclass(frozen=True)
class Matter:
    """One line of somebody's 工作台: what, of which kind, from whom, since when, until when.

    ``urged`` counts how often those who wait have reminded of it at its present step; ``ended`` says that
    nobody waits any more, ``waited`` is filled in by the page (working days at this step); today's mail
    speaks of what is ``told``.
    """

    title: str
    url: str
    kind: str
    tone: str
    origin: str
    received_at: datetime
    remaining: Remaining | None
    action: str = "办理"
    holder: str = ""
    stage: str = ""
    urged: int = 0
    ended: bool = False
    waited: int | None = None
    told: bool = True

    @property
    def urged_words(self) -> str:
        return f"被催办 {self.urged} 次"


MANY = 100  # a tab counts no further: 100+


@dataclass(frozen=True)
class Desk:
    """An app's share of the 工作台. Each function takes (user, on); counts must not load rows.

    ``todo_count`` is exact; what was done and started is counted up to `MANY`, and may be given as keys,
    which are counted in one query with those of the others. What they find is shown until the next event in
    the district: matters whose words change without one stand in ``unrecorded`` instead of ``todo``, and are
    asked for every time.
    """

    todo: Callable[[Any, date], list[Matter]]
    todo_count: Callable[[Any, date], int]
    done: Callable[[Any, date], list[Matter]] | None = None
    started: Callable[[Any, date], list[Matter]] | None = None
    done_count: Callable[[Any, date], Any] | None = None
    started_count: Callable[[Any, date], Any] | None = None
    unrecorded: Callable[[Any, date], list[Matter]] | None = None


@dataclass(frozen=True)
class NavEntry:
    """One entry of the top bar; ``visible(user)`` decides, ``order`` sorts, ``phone`` adds a tab."""

    label: str
    url_name: str
    order: int
    visible: Callable[[Any], bool]
    phone: bool = False


@dataclass(frozen=True)
class Historied:
    """A tracked model whose history may be looked at: its label and the door to its rows.

    ``readable(user, version)`` hides single versions: what was only a draft when it was written.
    ``beside(row)`` is a tracked row that is always written with it; what changed there is shown with it.
    ``words(name, values)`` reads a list that a column holds.
    """

    model: Any
    label: str
    visible_to: Callable[[Any], Any]
    hidden_fields: frozenset[str] = frozenset()
    readable: Callable[[Any, Any], bool] = lambda _user, _version: True
    beside: Callable[[Any], Any] = lambda _row: None
    words: Callable[[str, list[Any]], str] = lambda _name, values: "、".join(map(str, values))


@dataclass(frozen=True)
class Notice:
    """A sentence on top of somebody's 工作台 that asks for nothing, with the way to what it tells of."""

    text: str
    url: str
    action: str


@dataclass(frozen=True)
class TakenOff:
    """An item that was taken off a list, in public words: for who judges a new one on the same matter."""

    application_id: int | None
    title: str
    content: str
    unit: str
    number: str
    removed_on: date
    reason: str


desks: Registry[Desk] = Registry()
# (row, user) → what an app above offers to do next with a row of an app below: words and address, or None.
sequels: Registry[Callable[[Any, Any], tuple[str, str] | None]] = Registry()
# (user) → the address of a page of another app that a page leads to, "" where the person may not open it.
ways: Registry[Callable[[Any], str]] = Registry()


def way_to(name: str, user: Any) -> str:
    """The page of that name for the person; "" where there is none."""
    found = ways.get(name)
    return found(user) if found else ""


# (district_id, since) → what was taken off a list on that day or later, the newest first; one query each.
taken_off: Registry[Callable[[int, date], list[TakenOff]]] = Registry()
# (user) → what an app has to tell, found again after an event in the district.
notices: Registry[Callable[[Any], list[Notice]]] = Registry()
navigation: Registry[NavEntry] = Registry()
# Where people land who have a page of their own to begin with; everybody else begins at the 工作台.
landings: Registry[NavEntry] = Registry()
# The pages behind 统计分析, as tabs of one entry of the bar.
analyses: Registry[NavEntry] = Registry()
historied: Registry[Historied] = Registry()
# Each app's loader of demonstration data, in the order of its number: (order, load(context)).
demonstrations: Registry[tuple[int, Callable[[dict[str, Any]], None]]] = Registry()
# What is due once a day, whoever asks: (rehearsal) → what was done, in a line; "" where nothing was to do.
daily: Registry[Callable[[bool], str]] = Registry()
# What every installation needs before a district can work: holidays, templates. Each may run again.
foundations: Registry[Callable[[], Any]] = Registry()
