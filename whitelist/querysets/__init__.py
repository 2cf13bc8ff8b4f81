"""The doors to the rows of this app."""

from .release import Entries, ReleaseItems, Releases

__all__ = [
    "Entries",
    "ReleaseItems",
    "Releases",
]
