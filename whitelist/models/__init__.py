from .entry import Entry
from .release import Release, ReleaseItem

__all__ = ["Entry", "Release", "ReleaseItem"]
