"""Lines of a cell, broken where WeasyPrint breaks them: at the last place that fits, else anywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

_BLANKS = re.compile(r"[ \n]+")
TOLERANCE = 0.02  # pixels: widths are rounded to thousandths of the type size


def collapsed(text: str) -> str:
    """Blanks and line ends as HTML takes them: one blank, none at the ends; marks joined to their letters."""
    text = unicodedata.normalize("NFC", text)
    if " " in text or "\n" in text:
        return _BLANKS.sub(" ", text).strip(" ")
    return text


def broken(text: str, room: float, widths: Mapping[str, float]) -> list[str]:
    """The lines of a collapsed text; at least one."""
    if sum(widths[char] for char in text) <= room + TOLERANCE:
        return [text]
    lines, start = [], 0
    allowed = _places(text)
    while start < len(text):
        end = _end(text, start, room + TOLERANCE, widths, allowed)
        lines.append(text[start:end].rstrip(" "))
        start = end
    return lines


def _end(text: str, start: int, room: float, widths: Mapping[str, float], allowed: list[bool]) -> int:
    """Where the line that begins at ``start`` ends; a blank at its end may stand over."""
    used, best = 0.0, 0
    for place in range(start, len(text)):
        if place > start and allowed[place]:
            best = place
        used += widths[text[place]]
        if used > room and text[place] != " ":
            return best or max(place, start + 1)
    return len(text)


def _places(text: str) -> list[bool]:
    """For each place whether a line may begin there (UAX 14, as Pango has it)."""
    # Late: it loads pango, which a program that makes no PDF must not need.
    from weasyprint.text.line_break import get_log_attrs  # noqa: PLC0415

    return [bool(attribute.is_line_break) for attribute in get_log_attrs(text, "zh-CN")]
