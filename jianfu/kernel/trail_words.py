"""What an event of the trail is called on a screen; the trail itself keeps identifiers, which never change.

The steps of a workflow are called as its table calls them. All else is declared by the app that records it,
in its ``trail_words.py``; tests/house/test_trail_words.py finds what was forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .workflow import TABLES

_ACTIONS: dict[str, str] = {}
_VALUES: dict[str, Mapping[str, Any]] = {}


def declare(actions: Mapping[str, str], values: Mapping[str, Any] | None = None) -> None:
    """``values`` are the choices in which an action says what it came to."""
    _ACTIONS.update(actions)
    for action, choices in (values or {}).items():
        _VALUES[action] = dict(choices.choices)


def action_words(action: str) -> str:
    """In words; what nobody declared stays as it is."""
    table, _dot, name = action.partition(".")
    step = TABLES[table].transitions.get(name) if table in TABLES else None
    if step is not None:
        return f"{TABLES[table].label}：{step.label}"
    return _ACTIONS.get(action, action)


def value_words(action: str, value: str) -> str:
    """The state, or the choice, before or after the action."""
    if action in _VALUES:
        return str(_VALUES[action].get(value, value))
    table = TABLES.get(action.partition(".")[0])
    return str(dict(table.states.choices).get(value, value)) if table else value


def actions_called(words: str) -> list[str]:
    """The actions whose words hold these, to be looked for."""
    steps = [f"{table.name}.{name}" for table in TABLES.values() for name in table.transitions]
    return [action for action in (*steps, *_ACTIONS) if words in action_words(action)]
