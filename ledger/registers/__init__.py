"""The registers that there are, by the name in their addresses."""

from __future__ import annotations

from .declaration import Column, Register, cell, words
from .known import REGISTERS

__all__ = ["REGISTERS", "Column", "Register", "cell", "words"]
