"""Which items of a register stand behind a figure of the form, for the figure and for the way to them."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from ledger.querysets import register as conditions
from ledger.states import ENDING, ChannelKind, DutyKind, FormsReading, GatheringKind

_not_held = Q(verdict__in=ENDING)


def _groups(year: int) -> Q:
    return Q(kind=ChannelKind.GROUP) & conditions.ended(year)


def _city_tasks(year: int) -> Q:
    return Q(kind=DutyKind.CITY) & conditions.there_in(year)


def _unrelated(year: int) -> Q:
    return Q(kind=GatheringKind.TRAINING, is_related=False) & conditions.begun(year) & ~_not_held


def forms_in_all(year: int, reading: str) -> Q:
    """I10a in the reading of the template: the printed 其中 adds the cancelled ones, the other does not."""
    asked = conditions.kept(year) | conditions.added(year)
    return asked | conditions.dropped(year) if reading == FormsReading.PRINTED else asked


# (register, condition on its valid rows in the year) by the blank's code; I10a needs the reading, too.
COUNTED: dict[str, tuple[str, Callable[[int], Q]]] = {
    "I3": ("channels", _groups),
    "I6": ("duties", _city_tasks),
    "I10a": ("forms", lambda year: forms_in_all(year, FormsReading.PRINTED)),
    "I10b": ("forms", conditions.dropped),
    "I10c": ("forms", conditions.kept),
    "I10d": ("forms", conditions.added),
    "I12": ("reuses", conditions.begun),
    "I14": ("gatherings", _unrelated),
}
