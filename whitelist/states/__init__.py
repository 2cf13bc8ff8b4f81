"""The choices of this app, one module per noun."""

from .release import Change, Kind, Standing, State

__all__ = [
    "Change",
    "Kind",
    "Standing",
    "State",
]
