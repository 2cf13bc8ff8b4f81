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
from .removal import OPEN, REMOVAL_TONES, RemovalGround, RemovalSource, RemovalState

__all__ = [
    "KNOWN",
    "OPEN",
    "REFUSALS",
    "REMOVAL_TONES",
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
    "RemovalGround",
    "RemovalSource",
    "RemovalState",
    "SessionStanding",
    "Standing",
    "State",
    "VisitKind",
]
