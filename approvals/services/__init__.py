from .application import change_of, copy_of, discard, mark_published, open_draft, perform, save_draft
from .attachment import attach, detach
from .clean_up import (
    add_past_item,
    add_past_items,
    dispose,
    dispose_many,
    remove_past_item,
    remove_past_items,
)
from .handling import transfer, urge
from .lending import renew
from .link import digest_of, issue_link, may_be_used, use_link
from .marking import Marking, mark, save_marks
from .panel import assign_experts, assign_many, recuse, save_opinion
from .plan import open_plan, perform_plan, plan_performed, set_baseline
from .round import (
    add_to_round,
    dissolve,
    open_round,
    put_in_force,
    remove_from_round,
)

__all__ = [
    "Marking",
    "add_past_item",
    "add_past_items",
    "add_to_round",
    "assign_experts",
    "assign_many",
    "attach",
    "change_of",
    "copy_of",
    "detach",
    "digest_of",
    "discard",
    "dispose",
    "dispose_many",
    "dissolve",
    "issue_link",
    "mark",
    "mark_published",
    "may_be_used",
    "open_draft",
    "open_plan",
    "open_round",
    "perform",
    "perform_plan",
    "plan_performed",
    "put_in_force",
    "recuse",
    "remove_from_round",
    "remove_past_item",
    "remove_past_items",
    "renew",
    "save_draft",
    "save_marks",
    "save_opinion",
    "set_baseline",
    "transfer",
    "urge",
    "use_link",
]
