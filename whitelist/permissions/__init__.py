"""Who may: one function per question, answered with a Decision that carries words. One module per noun."""

from .activity import (
    may_answer_for,
    may_call_off,
    may_check,
    may_plan,
    may_plan_for,
    may_plan_somewhere,
    may_see_every_school,
    planning_unit,
)
from .clue import may_close_clue, may_read_clues
from .evaluation import (
    gives_feedback,
    may_answer_feedback,
    may_assess,
    may_give_feedback,
    may_read_evaluations,
)
from .monitoring import may_keep_points, may_read_monitoring, may_report
from .release import (
    apart,
    is_leader,
    may_follow,
    may_keep_upper_lists,
    may_link,
    may_prepare,
    may_publish,
    may_record_objection,
    may_sign,
    principal,
    signs,
)
from .removal import may_propose, may_read_removals, may_remove

__all__ = [
    "apart",
    "gives_feedback",
    "is_leader",
    "may_answer_feedback",
    "may_answer_for",
    "may_assess",
    "may_call_off",
    "may_check",
    "may_close_clue",
    "may_follow",
    "may_give_feedback",
    "may_keep_points",
    "may_keep_upper_lists",
    "may_link",
    "may_plan",
    "may_plan_for",
    "may_plan_somewhere",
    "may_prepare",
    "may_propose",
    "may_publish",
    "may_read_clues",
    "may_read_evaluations",
    "may_read_monitoring",
    "may_read_removals",
    "may_record_objection",
    "may_remove",
    "may_report",
    "may_see_every_school",
    "may_sign",
    "planning_unit",
    "principal",
    "signs",
]
