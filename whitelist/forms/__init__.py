"""Search lines, and the forms of the pages; a module a noun."""

from .release import PublicSearch, RegisterSearch, ReleaseForm

__all__ = [
    "PublicSearch",
    "RegisterSearch",
    "ReleaseForm",
]
