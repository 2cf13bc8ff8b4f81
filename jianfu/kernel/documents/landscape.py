"""Wide tables as Word files: A4 landscape, real merged cells, the head of the table on every page.

The fonts are named as officials expect them and not embedded. The table is written as XML at once:
python-docx looks for every cell anew, which takes minutes for a long register.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from .form import PRINT_WIDTH_MM
from .measure import POINTS_PER_MM, text_height
from .official.text import title_lines
from .official.word_text import FANG_SONG, HEI, SONG, XIAO_BIAO_SONG, add_text, set_font
from .text import DocumentTooLarge, printable
from .word_file import describe, written

PAPER_MM, SIDE_MM, TOP_MM, BOTTOM_MM = (297.0, 210.0), 15.0, 20.0, 20.0
TITLE_PT, HEADING_PT, PAGE_NUMBER_PT = 22.0, 11.0, 14.0
WHOLE_PT = 280.0  # a row that is higher may break: half an empty page looks worse
ROW_LIMIT = 3_000  # what Word and WPS lay out without keeping a person waiting
_TWIPS = 20
_INSIDE = (("top", 34), ("left", 57), ("bottom", 34), ("right", 57))  # padding of a cell, in twips

Run = tuple[str, bool]  # words, and whether they are underlined


@dataclass(frozen=True, slots=True)
class Cell:
    """Paragraphs of runs. ``span`` columns wide; ``merge`` is "restart" at the head of a merged column and
    "continue" below it."""

    lines: tuple[tuple[Run, ...], ...]
    centred: bool = False
    span: int = 1
    merge: str = ""
    head: bool = False

    @property
    def text(self) -> str:
        return "\n".join("".join(words for words, _underlined in line) for line in self.lines)


def words_cell(text: str, *, centred: bool = False, **more: Any) -> Cell:
    """A cell of plain words, each line a paragraph."""
    parts = printable(text).split("\n") or [""]
    return Cell(tuple(((part, False),) for part in parts), centred, **more)


@dataclass(frozen=True, kw_only=True)
class WideTable:
    """A whole paper. ``widths`` are shares of the paper; ``heading`` stands left and right above the table,
    ``notes`` below it."""

    title: str
    heads: Sequence[str]
    widths: Sequence[float]
    rows: Iterable[Sequence[Cell]]
    made_on: date
    author: str = ""
    heading: Sequence[str] = ()
    notes: Sequence[str] = ()
    size: float = 9.0


def render_wide_table(table: WideTable) -> bytes:
    """The same input gives the same bytes. Raises DocumentTooLarge with words for a person."""
    docx = Document()
    _page(docx)
    describe(docx, title=printable(table.title), author=printable(table.author), day=table.made_on)
    room = PRINT_WIDTH_MM * POINTS_PER_MM
    for words in title_lines(table.title, room / TITLE_PT - 1):
        add_text(docx, words, font=XIAO_BIAO_SONG, size=TITLE_PT, line_pt=TITLE_PT * 1.4, align="center")
    _heading(docx, table.heading, room)
    docx.element.body.append(parse_xml(_table(table)))
    docx.element.body.append(docx.sections[0]._sectPr)  # stays the last
    add_text(docx, "", size=4, line_pt=4)
    for note in table.notes:
        for words in printable(note).split("\n"):
            add_text(docx, words, size=10, line_pt=15)
    return written(docx)


def _page(docx: Any) -> None:
    section = docx.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = (Mm(side) for side in PAPER_MM)
    section.left_margin = section.right_margin = Mm(SIDE_MM)
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.footer_distance = Mm(9)
    style = docx.styles["Normal"]
    style.font.size = Pt(10.5)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    set_font(style.element.get_or_add_rPr(), FANG_SONG)
    footer = section.footer
    footer.is_linked_to_previous = False
    look = {"font": SONG, "size": PAGE_NUMBER_PT}
    for old in footer.paragraphs:
        old._element.getparent().remove(old._element)
    paragraph = add_text(footer, "— ", align="center", line_pt=PAGE_NUMBER_PT * 1.2, **look)
    add_text(paragraph, "1", **look)
    number = paragraph.runs[-1]._element
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "/>')
    number.addprevious(field)
    field.append(number)
    add_text(paragraph, " —", **look)


def _heading(docx: Any, heading: Sequence[str], room: float) -> None:
    if not heading:
        return
    left, *right = map(printable, heading)
    words = f"{left}\t{'　'.join(right)}" if right else left
    paragraph = add_text(docx, "", before=4, line_pt=HEADING_PT * 1.6)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(room), WD_TAB_ALIGNMENT.RIGHT)
    add_text(paragraph, words, size=HEADING_PT)


def _table(table: WideTable) -> str:
    total = sum(table.widths)
    widths = [int(share / total * PRINT_WIDTH_MM * POINTS_PER_MM * _TWIPS) for share in table.widths]
    heads = [Cell(_heading_lines(words), centred=True, head=True) for words in table.heads]
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    inside = "".join(f'<w:{side} w:w="{twips}" w:type="dxa"/>' for side, twips in _INSIDE)
    parts = [
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{edges}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{inside}</w:tblCellMar></w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{width}"/>' for width in widths),
        "</w:tblGrid>",
        _row(heads, widths, table.size, head=True),
    ]
    for number, row in enumerate(table.rows):
        if number == ROW_LIMIT:
            raise DocumentTooLarge(
                f"超过一份 Word 表格 {ROW_LIMIT:,} 行的上限。请缩小查询范围，或导出 Excel。"
            )
        parts.append(_row(row, widths, table.size))
    return "".join([*parts, "</w:tbl>"])


def _heading_lines(words: str) -> tuple[tuple[Run, ...], ...]:
    return tuple(((part, False),) for part in printable(words).split("\n"))


def _row(cells: Sequence[Cell], widths: Sequence[int], size: float, *, head: bool = False) -> str:
    made, place, height = [], 0, 0.0
    for cell in cells:
        width = sum(widths[place : place + cell.span])
        place += cell.span
        made.append(_cell(cell, width, size))
        if not cell.merge:
            height = max(height, text_height(cell.text, width / _TWIPS, size))
    whole = "<w:cantSplit/>" if head or height <= WHOLE_PT else ""
    return f"<w:tr><w:trPr>{whole}{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(made)}</w:tr>"


def _cell(cell: Cell, width: int, size: float) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' if cell.head else ""
    lines = (((("", False),)),) if cell.merge == "continue" else cell.lines or (((("", False),)),)
    body = "".join(_paragraph(line, cell, size) for line in lines)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}'
        f'<w:vAlign w:val="center"/></w:tcPr>{body}</w:tc>'
    )


def _paragraph(line: Sequence[Run], cell: Cell, size: float) -> str:
    align = "center" if cell.centred else "left"
    runs = "".join(
        _run(words, underlined, HEI if cell.head else FANG_SONG, size) for words, underlined in line
    )
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="264" w:lineRule="auto"/>'
        f'<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'
    )


def _run(words: str, underlined: bool, font: str, size: float) -> str:
    if not words:
        return ""
    named = quoteattr(font)
    fonts = f"<w:rFonts w:ascii={named} w:hAnsi={named} w:eastAsia={named} w:cs={named}/>"
    line = '<w:u w:val="single"/>' if underlined else ""
    half = int(size * 2)
    return (
        f'<w:r><w:rPr>{fonts}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>{line}</w:rPr>'
        f'<w:t xml:space="preserve">{escape(printable(words))}</w:t></w:r>'
    )
