from .application import copy_of, discard, mark_published, open_draft, perform, save_draft
from .attachment import attach, detach
from .panel import assign_experts, save_opinion

__all__ = [
    "assign_experts",
    "attach",
    "copy_of",
    "detach",
    "discard",
    "mark_published",
    "open_draft",
    "perform",
    "save_draft",
    "save_opinion",
]
