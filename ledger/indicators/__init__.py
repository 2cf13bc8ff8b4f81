"""The figures that the registers fill (requirements A9): importing this package makes them known."""

from . import secondment, whitelist

__all__ = ["secondment", "whitelist"]
