"""The figures that the registers fill (requirements A9): importing this package makes them known."""

from . import inspections, secondment, whitelist

__all__ = ["inspections", "secondment", "whitelist"]
