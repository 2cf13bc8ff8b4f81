"""The page of a Word file: paper, margins, grid of 22 lines by 28 characters, page numbers outside."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from . import geometry as geo
from .word_text import FANG_SONG, SONG, add_text, set_font, space_characters, twentieth


def set_page(docx: Any) -> None:
    section = docx.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in geo.PAPER_MM)
    section.top_margin, section.bottom_margin = Mm(geo.TOP_MM), Mm(geo.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(geo.LEFT_MM), Mm(geo.RIGHT_MM)
    # The footer grows upwards from here; its one line begins 7 mm below the 版心.
    number_mm = geo.PAGE_NUMBER_PT / geo.POINTS_PER_MM
    section.footer_distance = Mm(geo.BOTTOM_MM - geo.PAGE_NUMBER_BELOW_MM - number_mm)
    _grid(section)
    _body_font(docx)
    docx.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, "right")
    _page_number(section.even_page_footer, "left")


def _grid(section: Any) -> None:
    """No grid: programs disagree on it. Exact line pitch and the body's own spacing between characters make
    22 lines of 28 characters in all of them."""
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is not None:
        section._sectPr.remove(grid)


def _body_font(docx: Any) -> None:
    style = docx.styles["Normal"]
    style.font.size = Pt(geo.BODY_PT)
    # What an office types into the file later looks like the rest.
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = Pt(twentieth(geo.LINE_PT))
    style.paragraph_format.space_after = Pt(0)
    properties = style.element.get_or_add_rPr()
    set_font(properties, FANG_SONG)
    space_characters(properties, geo.CHARACTER_PT - geo.BODY_PT)
    language = OxmlElement("w:lang")
    for name, value in {"val": "zh-CN", "eastAsia": "zh-CN"}.items():
        language.set(qn(f"w:{name}"), value)
    properties.append(language)


def _page_number(footer: Any, side: str) -> None:
    footer.is_linked_to_previous = False
    for old in footer.paragraphs:
        old._element.getparent().remove(old._element)
    indent = {side: geo.PAGE_NUMBER_PT / geo.CHARACTER_PT}
    look = {"font": SONG, "size": geo.PAGE_NUMBER_PT}
    paragraph = add_text(footer, "— ", align=side, line_pt=geo.PAGE_NUMBER_PT, **indent, **look)
    add_text(paragraph, "1", **look)
    number = paragraph.runs[-1]._element
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    number.addprevious(field)
    field.append(number)
    add_text(paragraph, " —", **look)
