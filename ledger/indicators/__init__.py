"""The figures that the registers fill (requirements A9): importing this package makes them known."""

from . import inspections, registers, secondment, whitelist

__all__ = ["inspections", "registers", "secondment", "whitelist"]
