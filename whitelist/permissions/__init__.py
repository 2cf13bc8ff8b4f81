"""Who may: one function per question, answered with a Decision that carries words. One module per noun."""

from .activity import may_answer_for, may_call_off, may_check, may_plan, may_plan_for, may_see_every_school
from .release import may_prepare, may_publish
from .removal import may_propose, may_read_removals, may_remove

__all__ = [
    "may_answer_for",
    "may_call_off",
    "may_check",
    "may_plan",
    "may_plan_for",
    "may_prepare",
    "may_propose",
    "may_publish",
    "may_read_removals",
    "may_remove",
    "may_see_every_school",
]
