"""Paragraphs of a Word file with East Asian fonts, exact line pitch and indents counted in characters."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from . import geometry as geo
from .text import printable

FANG_SONG, HEI, KAI, SONG, XIAO_BIAO_SONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
HEADING_FONTS = {1: HEI, 2: KAI}
# Latin letters and digits stand in the same font, as officials set them.
_ASPECTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
# The order of elements is fixed by the format.
_AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:lang")
_AFTER_BORDERS = ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr")
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def set_font(properties: Any, font: str) -> None:
    """Name the font for all scripts; the theme's names, which would win, are taken away."""
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for aspect in _ASPECTS:
        fonts.set(qn(aspect), font)


def space_characters(properties: Any, points: float) -> None:
    """Spacing between characters, rounded down to twentieths of a point: a line must hold its 28."""
    spacing = properties.find(qn("w:spacing"))
    if spacing is None:
        spacing = OxmlElement("w:spacing")
        properties.insert_element_before(spacing, *_AFTER_SPACING)
    spacing.set(qn("w:val"), f"{math.floor(points * 20)}")


def add_text(
    place: Any,
    words: str,
    *,
    font: str | None = None,
    size: float | None = None,
    colour: str | None = None,
    align: str = "left",
    first: float = 0,
    left: float = 0,
    right: float = 0,
    before: float = 0,
    line_pt: float = geo.LINE_PT,
    keep: bool = False,
    tab: bool = False,
) -> Any:
    """A paragraph at the end of `place`, or a run when `place` is a paragraph; answers the paragraph.

    `first`, `left` and `right` are characters of 3号; `before` and `line_pt` points, a `line_pt` of 0 the
    font's own line.
    """
    if isinstance(place, Paragraph):
        paragraph = place
    else:
        paragraph = place.add_paragraph()
        _shape(paragraph, align, (first, left, right), before, line_pt)
        paragraph.paragraph_format.keep_with_next = keep or None
    if tab:
        end = geo.BODY_WIDTH_PT - right * geo.CHARACTER_PT
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(end), WD_TAB_ALIGNMENT.RIGHT)
    if words:
        _run(paragraph, words, font, size, colour)
    return paragraph


def _shape(
    paragraph: Any, align: str, indents: tuple[float, float, float], before: float, line_pt: float
) -> None:
    shape = paragraph.paragraph_format
    shape.alignment = _ALIGN[align]
    shape.space_before, shape.space_after = Pt(before), Pt(0)
    if line_pt:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(twentieth(line_pt))
    else:
        shape.line_spacing_rule = WD_LINE_SPACING.SINGLE
    first, left, right = (Pt(twentieth(each * geo.CHARACTER_PT)) for each in indents)
    if any(indents):
        shape.first_line_indent, shape.left_indent, shape.right_indent = first, left, right


def twentieth(points: float) -> float:
    """Rounded down to what Word counts in: 22 lines rounded up would be one line too many for the page."""
    return int(points * 20) / 20


def _run(paragraph: Any, words: str, font: str | None, size: float | None, colour: str | None) -> None:
    tabs = [printable(part) for part in words.split("\t")]
    run = paragraph.add_run("\t".join(tabs))
    if font:
        set_font(run._element.get_or_add_rPr(), font)
    if size:
        run.font.size = Pt(size)
        space_characters(run._element.get_or_add_rPr(), 0)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))


def breaks_page(paragraph: Any) -> None:
    paragraph.paragraph_format.page_break_before = True


def add_borders(paragraph: Any, edges: Mapping[str, Mapping[str, str]]) -> None:
    """Lines at the paragraph's edges: `sz` in eighths of a point, `space` in points, `color`."""
    borders = OxmlElement("w:pBdr")
    for name, values in edges.items():
        edge = OxmlElement(f"w:{name}")
        for key, value in {"val": "single", "color": "000000", **values}.items():
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    paragraph._element.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)
