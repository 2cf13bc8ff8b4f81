"""The writers of complaints: receiving, following by receipt, handling, identity, keys, erasing."""

from .erasing import erase_due, erased
from .following import answer_complaint, followed, urge_by_writer
from .handling import ask, assign, change_kind, name_accused, perform_complaint, take, urge
from .identity import (
    card_of,
    confirm_identity,
    fabricated_by,
    judge_fabrication,
    propose_fabrication,
    view_identity,
)
from .keys import seal_anew
from .receiving import AlreadyReceived, Report, enter_complaint, receive_complaint
from .visits import tie_session

__all__ = [
    "AlreadyReceived",
    "Report",
    "answer_complaint",
    "ask",
    "assign",
    "card_of",
    "change_kind",
    "confirm_identity",
    "enter_complaint",
    "erase_due",
    "erased",
    "fabricated_by",
    "followed",
    "judge_fabrication",
    "name_accused",
    "perform_complaint",
    "propose_fabrication",
    "receive_complaint",
    "seal_anew",
    "take",
    "tie_session",
    "urge",
    "urge_by_writer",
    "view_identity",
]
