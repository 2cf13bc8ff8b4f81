"""The choices of this app, one module per noun."""

from .activity import (
    KNOWN,
    REFUSALS,
    SHOWN_TO_SCHOOLS,
    TAKES_A_PLACE,
    TOOK_PLACE,
    UNLISTED,
    WRITABLE,
    ActivityRoad,
    ActivityState,
    RefusalReason,
    SessionStanding,
    VisitKind,
)
from .release import Change, Kind, Standing, State

__all__ = [
    "KNOWN",
    "REFUSALS",
    "SHOWN_TO_SCHOOLS",
    "TAKES_A_PLACE",
    "TOOK_PLACE",
    "UNLISTED",
    "WRITABLE",
    "ActivityRoad",
    "ActivityState",
    "Change",
    "Kind",
    "RefusalReason",
    "SessionStanding",
    "Standing",
    "State",
    "VisitKind",
]
