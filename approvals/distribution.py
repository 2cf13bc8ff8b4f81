"""Who argues what: panels of mixed categories and an even load, never with somebody who must stay out.

Plain values in, a proposal out; the same question has the same answer. The load counts what an expert
owes already. First comes an even load, then as many categories in each panel as that load allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Seat:
    """An expert who may be asked: ``owed`` opinions are waited for already."""

    expert: int
    category: str = ""
    owed: int = 0


@dataclass(frozen=True)
class Wanted:
    """An application that needs ``count`` experts more; ``barred`` must stay out, ``asked`` sit already."""

    application: int
    count: int
    barred: frozenset[int] = frozenset()
    asked: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Proposal:
    """Application → whom to ask, and how many could not be found."""

    given: dict[int, frozenset[int]]
    short: dict[int, int]


@dataclass
class _Table:
    """The panels while they are being filled."""

    seats: dict[int, Seat]
    wanted: dict[int, Wanted]
    given: dict[int, set[int]] = field(default_factory=dict)

    def load(self, expert: int) -> int:
        return self.seats[expert].owed + sum(expert in panel for panel in self.given.values())

    def may_sit(self, application: int, expert: int) -> bool:
        wanted = self.wanted[application]
        return expert not in wanted.barred | wanted.asked | self.given[application]

    def dullness(self, application: int, panel: Iterable[int]) -> int:
        """The square of how many seats bring no category of their own, those asked before included."""
        everybody = {*panel, *self.wanted[application].asked}
        kinds = {self.seats[e].category for e in everybody if e in self.seats} - {""}
        return (len(everybody) - len(kinds)) ** 2

    def gain(self, application: int, out: int, into: int) -> int:
        """How much less dull the panel would be with the one instead of the other."""
        panel = self.given[application]
        return self.dullness(application, panel) - self.dullness(application, panel - {out} | {into})

    def adds(self, application: int, expert: int) -> bool:
        panel = self.given[application]
        return self.dullness(application, {*panel, expert}) <= self.dullness(application, panel)

    def swap(self, application: int, out: int, into: int) -> None:
        self.given[application].remove(out)
        self.given[application].add(into)


def distribute(wanted: Iterable[Wanted], seats: Iterable[Seat]) -> Proposal:
    """Fill every panel as far as there is somebody; name how many are short."""
    known = sorted(seats, key=lambda seat: seat.expert)
    table = _Table({seat.expert: seat for seat in known}, {row.application: row for row in wanted})
    for application in table.wanted:
        table.given[application] = set()
        _fill(table, application)
    while path := _relief(table):
        for application, out, into in path:
            table.swap(application, out, into)
    while swap := _mixing(table):
        for application, out, into in swap:
            table.swap(application, out, into)
    return Proposal(
        {application: frozenset(panel) for application, panel in table.given.items()},
        {key: row.count - len(table.given[key]) for key, row in table.wanted.items()},
    )


def best(wanted: Wanted, seats: Iterable[Seat]) -> int | None:
    """Whom to ask instead of somebody who fell out; None where nobody is left."""
    found = distribute([Wanted(wanted.application, 1, wanted.barred, wanted.asked)], seats)
    return next(iter(found.given[wanted.application]), None)


def _fill(table: _Table, application: int) -> None:
    """The least loaded first; of equals, who brings another category."""
    for _ in range(table.wanted[application].count):
        free = [expert for expert in table.seats if table.may_sit(application, expert)]
        if not free:
            return
        free.sort(key=lambda e: (table.load(e), not table.adds(application, e), e))
        table.given[application].add(free[0])


Swaps = list[tuple[int, int, int]]  # application, who leaves, who comes


def _relief(table: _Table) -> Swaps:
    """A chain of replacements that takes one from somebody with two more than the one who gets it.

    Where there is no such chain, the sum of the squared loads cannot become smaller.
    """
    loads = {expert: table.load(expert) for expert in table.seats}
    for start in sorted(loads, key=lambda e: (-loads[e], e)):
        came: dict[int, tuple[int, int]] = {}
        queue = [start]
        for expert in queue:
            for application, into in _takers(table, expert):
                if into == start or into in came:
                    continue
                came[into] = (application, expert)
                if loads[into] <= loads[start] - 2:
                    return _back(came, into, start)
                queue.append(into)
    return []


def _takers(table: _Table, expert: int) -> Iterator[tuple[int, int]]:
    """Who could take an application from the expert."""
    for application, panel in table.given.items():
        if expert in panel:
            for other in table.seats:
                if table.may_sit(application, other):
                    yield application, other


def _back(came: dict[int, tuple[int, int]], last: int, start: int) -> Swaps:
    chain, into = [], last
    while into != start:
        application, out = came[into]
        chain.append((application, out, into))
        into = out
    return chain


def _mixing(table: _Table) -> Swaps:
    """One replacement or exchange that leaves the loads as even as they are, for better mixed panels."""
    for application, panel in table.given.items():
        for out in sorted(panel):
            for into in table.seats:
                if not table.may_sit(application, into):
                    continue
                gain = table.gain(application, out, into)
                if gain > 0 and table.load(into) == table.load(out) - 1:
                    return [(application, out, into)]
                other = _exchange(table, application, out, into, gain)
                if other is not None:
                    return [(application, out, into), (other, into, out)]
    return []


def _exchange(table: _Table, application: int, out: int, into: int, gain: int) -> int | None:
    """Another panel that gives ``into`` for ``out``, so that both together gain."""
    for other, panel in table.given.items():
        if other == application or into not in panel or not table.may_sit(other, out):
            continue
        if gain + table.gain(other, into, out) > 0:
            return other
    return None
