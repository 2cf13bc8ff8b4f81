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
from .clue import ClueVerdict
from .evaluation import LINE_LIMIT, QUESTIONS, FeedbackTopic, Grade, Party, Question, Season
from .objection import OBJECTION_TONES, Channel, ObjectionState, Remedy
from .release import NUMBER_PREFIX, PREPARED, TONES, UNPUBLISHED, Change, Kind, Leaving, Standing, State
from .removal import OPEN, REMOVAL_TONES, RemovalGround, RemovalSource, RemovalState

__all__ = [
    "KNOWN",
    "LINE_LIMIT",
    "NUMBER_PREFIX",
    "OBJECTION_TONES",
    "OPEN",
    "PREPARED",
    "QUESTIONS",
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
    "Channel",
    "ClueVerdict",
    "FeedbackTopic",
    "Grade",
    "Kind",
    "Leaving",
    "ObjectionState",
    "Party",
    "Question",
    "RefusalReason",
    "Remedy",
    "RemovalGround",
    "RemovalSource",
    "RemovalState",
    "Season",
    "SessionStanding",
    "Standing",
    "State",
    "VisitKind",
]
