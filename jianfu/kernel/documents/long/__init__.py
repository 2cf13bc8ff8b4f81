"""Registers of many pages as PDF, in the look of `register_pdf` and at a tenth of its time.

WeasyPrint sets once what is the same on every page, and every character that occurs; the rows are then drawn
from those characters, page after page, with the heights and the places that it gave (ADR 15).
"""

from .drawing import render_long_register

__all__ = ["render_long_register"]
