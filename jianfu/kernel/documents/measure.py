"""How much room a text takes, for programs that do not find it out themselves.

Excel, WPS and LibreOffice do not fit the height of rows with merged cells, and a row that is too low cuts
its text off on paper. So every row height is computed here: characters are counted in ems, wide ones (汉字)
as one, narrow ones as a little over half, lines are broken as the programs break them, and the line height
leaves room for the free fonts that stand in where 仿宋_GB2312 is not installed (theirs is 1.45 em, 仿宋's
1.15).
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator

LINE_HEIGHT = 1.45
NARROW_EM = 0.56
CELL_PADDING_PT = 6.0  # both sides of a cell together
POINTS_PER_MM = 72 / 25.4

_NO_LINE_START = frozenset("，。、；：？！）》」』】〕”’％%…—·,.;:?!)]}")


@functools.cache
def character_ems(char: str) -> float:
    """Width of one character in ems; combining marks and joiners take none."""
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(char) in "WFA" or ord(char) > 0x2E7F:
        return 1.0
    return 0.9 if char in "MWmw@" else NARROW_EM


def _pieces(paragraph: str) -> Iterator[str]:
    """What may not be broken: runs of letters and digits, and characters with the closing marks behind
    them."""
    piece = ""
    for char in paragraph:
        word = (
            bool(piece) and char.isascii() and char.isalnum() and piece[-1].isascii() and piece[-1].isalnum()
        )
        if piece and not word and char not in _NO_LINE_START:
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _paragraph_lines(paragraph: str, room: float) -> int:
    if len(paragraph) <= room:  # no character is wider than an em
        return 1
    lines, used = 1, 0.0
    for piece in _pieces(paragraph):
        width = sum(map(character_ems, piece))
        if used + width <= room:
            used += width
        elif width <= room:
            lines, used = lines + 1, width
        else:  # longer than a whole line: broken wherever the line ends
            total = used + width
            lines, used = lines + int(total // room), total % room
    return lines


def text_lines(text: str, width_pt: float, size_pt: float, padding: float = CELL_PADDING_PT) -> int:
    """Lines the text takes at `size_pt` in a cell `width_pt` wide; at least one."""
    room = max((width_pt - padding) / size_pt, 1.0)
    return sum(_paragraph_lines(paragraph, room) for paragraph in text.split("\n"))


def text_height(text: str, width_pt: float, size_pt: float) -> float:
    """Height in points of the text in a cell `width_pt` wide, with a little air above and below."""
    return text_lines(text, width_pt, size_pt) * size_pt * LINE_HEIGHT + 4.0
