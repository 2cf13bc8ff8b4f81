"""The writers of this app; a module a noun."""

from .activity import (
    add_sessions,
    drop_session,
    move_session,
    named_units,
    open_activity,
    open_approved,
    remove_sessions,
    said_already,
    save_activity,
    take_step,
)
from .clue import close_clue
from .evaluation import answer_feedback, give_feedback, give_voice
from .feed import feed_at, feed_for, renew_feed, token_of
from .inspection import follow_inspections
from .monitoring import give_report, may_give_report
from .objection import answer_objection, object_to
from .release import advance, change_release, enter_earlier_list, open_release, publish, release_without
from .removal import perform_removal, propose, remove
from .upper import link_upper
from .visit import record_unlisted, record_visit, visit_recorded

__all__ = [
    "add_sessions",
    "advance",
    "answer_feedback",
    "answer_objection",
    "change_release",
    "close_clue",
    "drop_session",
    "enter_earlier_list",
    "feed_at",
    "feed_for",
    "follow_inspections",
    "give_feedback",
    "give_report",
    "give_voice",
    "link_upper",
    "may_give_report",
    "move_session",
    "named_units",
    "object_to",
    "open_activity",
    "open_approved",
    "open_release",
    "perform_removal",
    "propose",
    "publish",
    "record_unlisted",
    "record_visit",
    "release_without",
    "remove",
    "remove_sessions",
    "renew_feed",
    "said_already",
    "save_activity",
    "take_step",
    "token_of",
    "visit_recorded",
]
