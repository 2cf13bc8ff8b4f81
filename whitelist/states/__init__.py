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
from .release import NUMBER_PREFIX, PREPARED, TONES, UNPUBLISHED, Change, Kind, Leaving, Standing, State
from .removal import OPEN, REMOVAL_TONES, RemovalGround, RemovalSource, RemovalState

__all__ = [
    "KNOWN",
    "NUMBER_PREFIX",
    "OPEN",
    "PREPARED",
    "REFUSALS",
    "REMOVAL_TONES",
    "SHOWN_TO_SCHOOLS",
    "TAKES_A_PLACE",
    "TONES",
    "TOOK_PLACE",
    "UNLISTED",
    "UNPUBLISHED",
    "WRITABLE",
    "ActivityRoad",
    "ActivityState",
    "Change",
    "Kind",
    "Leaving",
    "RefusalReason",
    "RemovalGround",
    "RemovalSource",
    "RemovalState",
    "SessionStanding",
    "Standing",
    "State",
    "VisitKind",
]
