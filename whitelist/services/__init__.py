"""The writers of this app; a module a noun."""

from .release import change_release, enter_earlier_list, open_release, publish, remove

__all__ = [
    "change_release",
    "enter_earlier_list",
    "open_release",
    "publish",
    "remove",
]
