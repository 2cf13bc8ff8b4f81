"""Who may: one function per question, answered with a Decision that carries words. One module per noun."""

from .release import may_prepare, may_publish, may_remove

__all__ = [
    "may_prepare",
    "may_publish",
    "may_remove",
]
