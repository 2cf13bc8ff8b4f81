"""One table per workflow, and the only writer of a state.

A workflow is a tuple of `Transition` rows; kinds of matter differ by their table, never by ``if``.
`Workflow.perform` locks and re-reads the row, decides again on what it now says, saves with the reason
in the history, writes the audit event, and sends `transitioned`, all in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import Model, TextChoices
from django.dispatch import Signal

from . import dates, trail
from .decisions import Conflicted, Decision, allow, refuse, require

transitioned = Signal()
"""Sent inside the transaction with ``instance`` and ``act``; an exception in a receiver rolls all back."""

NOTE_LIMIT = 500

Check = Callable[[Any, Any], Decision]


@dataclass(frozen=True)
class Transition:
    """One row of the table.

    ``moves`` maps each state it leaves to the one it leads to: two offices that consent in either order
    lead to different states. ``actor(obj, by)`` says who may, ``guards`` what the matter itself must
    fulfil, ``effect(obj, act)`` writes what belongs to the step before the row is saved. ``label`` is the
    button's verb.
    """

    name: str
    label: str
    moves: Mapping[str, str]
    actor: Check
    guards: tuple[Check, ...] = ()
    note_required: bool = False
    note_label: str = "意见"
    effect: Callable[[Any, Act], None] | None = None
    tone: str = "plain"  # primary, plain or danger: how the button looks
    button: bool = True  # False: taken by another part of the program, never offered on the row's own page

    def __post_init__(self) -> None:
        """Nobody changes a table while the program runs."""
        object.__setattr__(self, "moves", MappingProxyType(dict(self.moves)))

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(self.moves)

    @property
    def targets(self) -> frozenset[str]:
        return frozenset(self.moves.values())


@dataclass(frozen=True)
class Act:
    """What was done: handed to effects, the trace, the trail and the receivers of `transitioned`."""

    transition: Transition
    by: Any
    note: str
    at: datetime
    source: str
    target: str
    entered_at: datetime  # when the row had come into ``source``
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Option:
    """A transition that the state offers, with the decision whether this person may take it now."""

    transition: Transition
    decision: Decision


def transition(
    name: str, label: str, sources: Iterable[str], target: str, actor: Check, **more: Any
) -> Transition:
    """A row whose sources all lead to the same state."""
    return Transition(name, label, dict.fromkeys(sources, target), actor, **more)


TABLES: dict[str, Workflow] = {}  # every table by its name, to say in words what the trail keeps


class Workflow:
    """The table of one kind of matter. The model has ``state``, ``version`` and ``state_entered_at``."""

    def __init__(
        self,
        *,
        name: str,
        label: str,
        states: type[TextChoices],
        initial: str,
        transitions: tuple[Transition, ...],
        entering: Callable[[Any, Act], None] | None = None,
        trace: Callable[[Any, Act], None] | None = None,
    ) -> None:
        """``entering`` prepares every row for its new state before it is saved, ``trace`` writes what
        must stand beside it afterwards."""
        self.name, self.label, self.states, self.initial = name, label, states, initial
        self.transitions = {row.name: row for row in transitions}
        self.entering, self.trace = entering, trace
        TABLES[name] = self
        self.reached = {initial} | {s for row in transitions for s in (*row.sources, *row.targets)}
        unknown = self.reached - set(states.values)
        if unknown or len(self.transitions) != len(transitions):
            raise ValueError(f"{name}: unknown states {unknown} or a transition named twice")

    @property
    def terminal(self) -> frozenset[str]:
        """States of this table that no transition leaves."""
        left = {source for row in self.transitions.values() for source in row.sources}
        return frozenset(self.reached - left)

    def decide(self, obj: Model, name: str, by: Any) -> Decision:
        """May ``by`` take it now? Every reason why not; who may not act is not told what the matter lacks."""
        row = self.transitions[name]
        if obj.state not in row.sources:
            now = self.states(obj.state).label
            allowed = "、".join(self.states(s).label for s in self.states.values if s in row.sources)
            return refuse(f"现在是“{now}”，只有“{allowed}”时才能{row.label}")
        who = row.actor(obj, by)
        if not who:
            return who
        decision = allow()
        for guard in row.guards:
            decision &= guard(obj, by)
        return decision

    def available(self, obj: Model, by: Any) -> list[Option]:
        """What the state offers and the person might do: transitions of other people's roles are left out."""
        offered = [row for row in self.transitions.values() if row.button and obj.state in row.sources]
        rows = [row for row in offered if row.actor(obj, by)]
        return [Option(row, self.decide(obj, row.name, by)) for row in rows]

    def perform(
        self,
        obj: Model,
        name: str,
        *,
        by: Any,
        note: str = "",
        expected_version: int | None = None,
        data: Mapping[str, Any] | None = None,
        at: datetime | None = None,
    ) -> Model:
        """Take it; returns the fresh row. Raises `Refused`, or `Conflicted` when the row moved on."""
        row = self.transitions[name]
        note = note.strip()
        with transaction.atomic():
            fresh = locked(obj)
            if expected_version is not None and fresh.version != expected_version:
                raise Conflicted(self._moved_on(fresh))
            require(self.decide(fresh, name, by))
            require(_note_decision(row, note))
            act = _act(row, fresh, by=by, note=note, at=at, data=data)
            if row.effect:
                row.effect(fresh, act)
            fresh.state, fresh.state_entered_at = act.target, act.at
            if self.entering:
                self.entering(fresh, act)
            save_tracked(fresh, by=by, reason=note or row.label, at=act.at)
            if self.trace:
                self.trace(fresh, act)
            self._record(fresh, act)
            transitioned.send(sender=type(fresh), instance=fresh, act=act)
        return fresh

    def _record(self, fresh: Model, act: Act) -> None:
        trail.record(
            action=f"{self.name}.{act.transition.name}",
            target=fresh,
            by=act.by,
            note=act.note,
            source=act.source,
            destination=act.target,
            data=act.data,
        )

    def _moved_on(self, fresh: Model) -> Decision:
        return refuse(
            f"这一项刚刚被别人改动过，现在是“{self.states(fresh.state).label}”。请看过最新内容后再办理"
        )


def _act(
    row: Transition, fresh: Any, *, by: Any, note: str, at: datetime | None, data: Mapping[str, Any] | None
) -> Act:
    return Act(
        transition=row,
        by=by,
        note=note,
        at=at or dates.now(),
        source=fresh.state,
        target=row.moves[fresh.state],
        entered_at=fresh.state_entered_at,
        data=dict(data or {}),
    )


def locked(obj: Model) -> Any:
    """The row as it now stands, locked until the transaction ends. Call inside ``atomic``."""
    return type(obj)._base_manager.select_for_update().get(pk=obj.pk)


def hold(rows: Any) -> None:
    """Lock all of these rows, in one order. Call inside ``atomic``, before the first event is written.

    The events of a district stand in one line. Who has its end and waits for a row, while whoever has the row
    waits for the line, is ended by the database.
    """
    list(rows.select_for_update().order_by("pk").values_list("pk"))


def save_tracked(obj: Any, *, by: Any, reason: str, at: datetime | None = None) -> None:
    """Save with its history row, dated ``at`` or now; the one place that raises ``version``."""
    obj.version += 1
    obj._history_user = by
    obj._change_reason = reason[:100]
    obj._history_date = at or dates.now()
    obj.save()


def _note_decision(row: Transition, note: str) -> Decision:
    if row.note_required and not note:
        return refuse(f"填写{row.note_label}，让对方知道为什么")
    if len(note) > NOTE_LIMIT:
        return refuse(f"{row.note_label}最多 {NOTE_LIMIT} 字，现在是 {len(note)} 字")
    if any(char == "\x00" or "\ud800" <= char <= "\udfff" for char in note):
        return refuse(f"{row.note_label}里有不能保存的字符，删去后再提交")
    return allow()
