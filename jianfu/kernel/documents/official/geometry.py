"""The measures of GB/T 9704-2012, in millimetres and points, once for both writers.

28 characters of 3号 (16 pt) would be 158 mm wide, the 版心 is 156 mm: the pitch of a character is 156/28 mm,
a little less than its size, and that of a line 225/22 mm.
"""

from __future__ import annotations

from jianfu.kernel.documents.measure import POINTS_PER_MM

PAPER_MM = (210.0, 297.0)
TOP_MM, BOTTOM_MM, LEFT_MM, RIGHT_MM = 37.0, 35.0, 28.0, 26.0
BODY_MM = (156.0, 225.0)
BODY_WIDTH_PT = BODY_MM[0] * POINTS_PER_MM
# A wide table lies on its side (第 11 章): its head stands at the left edge of the upright paper, which is
# 订口 of an odd page and 切口 of an even one; the page number stays at the foot of the upright paper.
WIDE_PAPER_MM = (PAPER_MM[1], PAPER_MM[0])
WIDE_TOP_MM, WIDE_RIGHT_MM, WIDE_BOTTOM_MM, WIDE_LEFT_MM = LEFT_MM, TOP_MM, RIGHT_MM, BOTTOM_MM
WIDE_WIDTH_PT = BODY_MM[1] * POINTS_PER_MM
CHARACTERS, LINES = 28, 22
LINE_PT = 225.0 / LINES * POINTS_PER_MM
CHARACTER_PT = BODY_WIDTH_PT / CHARACTERS

BODY_PT = 16.0  # 3号
TITLE_PT, TITLE_LINE_PT = 22.0, 33.0  # 2号
PAGE_NUMBER_PT = 14.0  # 4号; the dash stands 7 mm below the 版心
PAGE_NUMBER_BELOW_MM = 7.0
CELL_PT = 12.0  # 小四, in forms
TABLE_PT = 10.5  # 5号, in tables
NOTE_PT = 10.5
IMPRINT_PT = 14.0

HEAD_TOP_MM = 35.0  # from the top of the 版心 to the red head
HEAD_LARGEST_PT, HEAD_SMALLEST_PT = 42.0, 22.0
HEAD_RULE_BELOW_MM = 4.0
RED = "#E60012"

# A form is dense: its text begins at once and its page is used further out.
FORM_SHARES = (0.16, 0.34, 0.16, 0.34)
BOX_MM = 25.0
QR_MM = 30.0
QR_SHARES = (0.23, 0.77)
SEAL_ROOM = 4.0  # characters that a day keeps free on its right


def head_size(ems: float) -> float:
    """The size of the red head: as large as the width allows, never larger than an office's own."""
    return max(HEAD_SMALLEST_PT, min(HEAD_LARGEST_PT, int(BODY_WIDTH_PT / max(ems, 1.0))))


def signature_indents(units: tuple[float, ...], day: float) -> tuple[tuple[float, ...], float]:
    """How far the units and the day stand from the right edge, in characters, given their widths.

    The day keeps four characters free and the unit is centred above it (7.3.5.1); a unit too long for that
    moves both to the left.
    """
    middle = max([SEAL_ROOM + day / 2, *(unit / 2 for unit in units)])
    return tuple(middle - unit / 2 for unit in units), middle - day / 2


def title_room(width_pt: float = BODY_WIDTH_PT) -> float:
    """How many characters of a title fit."""
    return width_pt / TITLE_PT - 1
