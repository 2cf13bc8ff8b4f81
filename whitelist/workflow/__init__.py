"""The transition tables of this app, one module per noun."""

from .release import RELEASE

__all__ = [
    "RELEASE",
]
