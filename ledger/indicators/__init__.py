"""The figures that the registers fill (requirements A9): importing this package makes them known."""

from . import secondment

__all__ = ["secondment"]
