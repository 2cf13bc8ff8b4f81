"""The page of a Word file: paper, margins, grid of 22 lines by 28 characters, page numbers outside."""

from __future__ import annotations

from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from . import geometry as geo
from .word_text import FANG_SONG, SONG, add_text, set_font, space_characters, twentieth


def set_page(docx: Any) -> None:
    _upright(docx.sections[0])
    _grid(docx.sections[0])
    _body_font(docx)
    docx.settings.odd_and_even_pages_header_footer = True


def _upright(section: Any) -> None:
    section.page_width, section.page_height = (Mm(side) for side in geo.PAPER_MM)
    section.top_margin, section.bottom_margin = Mm(geo.TOP_MM), Mm(geo.BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(geo.LEFT_MM), Mm(geo.RIGHT_MM)
    # The footer grows upwards from here; its one line begins 7 mm below the 版心.
    number_mm = geo.PAGE_NUMBER_PT / geo.POINTS_PER_MM
    section.footer_distance = Mm(geo.BOTTOM_MM - geo.PAGE_NUMBER_BELOW_MM - number_mm)
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


def turn_page(docx: Any) -> None:
    """From here on the paper lies on its side, and the number of a page stands at its left (geometry.py)."""
    section = docx.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Mm(side) for side in geo.WIDE_PAPER_MM)
    section.top_margin, section.bottom_margin = Mm(geo.WIDE_TOP_MM), Mm(geo.WIDE_BOTTOM_MM)
    section.left_margin, section.right_margin = Mm(geo.WIDE_LEFT_MM), Mm(geo.WIDE_RIGHT_MM)
    for footer in (section.footer, section.even_page_footer):
        _emptied(footer)
        add_text(footer, "", size=1, line_pt=1)
    _number_at_the_side(section.header, "right")
    _number_at_the_side(section.even_page_header, "left")


def turn_page_back(docx: Any) -> None:
    """Upright again, numbered at the foot."""
    section = docx.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.PORTRAIT
    _upright(section)
    for header in (section.header, section.even_page_header):
        _emptied(header)
        add_text(header, "", size=1, line_pt=1)


def _number_at_the_side(header: Any, side: str) -> None:
    """In a cell that floats 7 mm left of the 版心, as high as it; its words run down the page."""
    _emptied(header)
    deep = geo.PAGE_NUMBER_PT * 2 / geo.POINTS_PER_MM
    table = header.add_table(1, 1, Mm(deep))
    table.autofit = False
    table.rows[0].height, table.rows[0].height_rule = Mm(geo.BODY_MM[0]), WD_ROW_HEIGHT_RULE.EXACTLY
    cell = table.cell(0, 0)
    cell.width = Mm(deep)
    place = OxmlElement("w:tblpPr")
    left = (geo.WIDE_LEFT_MM - geo.PAGE_NUMBER_BELOW_MM - deep) * geo.POINTS_PER_MM
    values = {
        "vertAnchor": "page",
        "horzAnchor": "page",
        "tblpX": f"{left * 20:.0f}",
        "tblpY": f"{geo.WIDE_TOP_MM * geo.POINTS_PER_MM * 20:.0f}",
    }
    for name, value in values.items():
        place.set(qn(f"w:{name}"), value)
    table._element.tblPr.find(qn("w:tblW")).addprevious(place)
    properties = cell._element.get_or_add_tcPr()
    margins = OxmlElement("w:tcMar")
    for edge in ("top", "left", "bottom", "right"):
        none = OxmlElement(f"w:{edge}")
        none.set(qn("w:w"), "0")
        none.set(qn("w:type"), "dxa")
        margins.append(none)
    direction = OxmlElement("w:textDirection")
    direction.set(qn("w:val"), "tbRl")
    properties.append(margins)
    properties.append(direction)
    cell._element.remove(cell.paragraphs[0]._element)
    _number_line(cell, side)
    add_text(header, "", size=1, line_pt=1)


def _page_number(footer: Any, side: str) -> None:
    _emptied(footer)
    _number_line(footer, side)


def _emptied(part: Any) -> None:
    """A head or foot of this section alone, without the paragraph that every new one has."""
    part.is_linked_to_previous = False
    for old in part.paragraphs:
        old._element.getparent().remove(old._element)


def _number_line(part: Any, side: str) -> None:
    indent = {side: geo.PAGE_NUMBER_PT / geo.CHARACTER_PT}
    look = {"font": SONG, "size": geo.PAGE_NUMBER_PT}
    paragraph = add_text(part, "— ", align=side, line_pt=geo.PAGE_NUMBER_PT, **indent, **look)
    add_text(paragraph, "1", **look)
    number = paragraph.runs[-1]._element
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), " PAGE ")
    number.addprevious(field)
    field.append(number)
    add_text(paragraph, " —", **look)
