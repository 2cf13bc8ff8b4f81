"""An official document as a Word file, which offices go on editing in Word or WPS.

The fonts are named as officials expect them (仿宋_GB2312, 方正小标宋简体) and not embedded: they are theirs.
The same description gives the same bytes.
"""

from __future__ import annotations

from typing import Any

from docx import Document

from jianfu.kernel.documents.word_file import describe, written

from . import geometry as geo
from .content import Annex, Block, Form, OfficialDocument, Paragraph, QrBlock, marked
from .text import ems, line, lines, title_lines
from .word_imprint import add_imprint
from .word_page import set_page, turn_page, turn_page_back
from .word_tables import add_form, add_qr, add_table
from .word_text import HEADING_FONTS, KAI, XIAO_BIAO_SONG, add_borders, add_text, breaks_page


def render_docx(document: OfficialDocument) -> bytes:
    """The document as .docx, in the geometry of GB/T 9704."""
    docx = Document()
    set_page(docx)
    describe(docx, title=line(document.title), author=document.author, day=document.dated)
    _red_head(docx, document)
    _title(docx, document.title)
    if document.recipient_line:
        add_text(docx, document.recipient_line, before=geo.LINE_PT / 2)
    _blocks(docx, document.body)
    _keep_ending(docx, document)
    _annex_names(docx, document.annex_names)
    _signature(docx, document)
    if document.remark_line:
        add_text(docx, document.remark_line, first=2)
    for note in document.notes:
        for words in lines(note):
            add_text(docx, words, size=geo.NOTE_PT, line_pt=geo.NOTE_PT * 1.5)
    _annexes(docx, document)
    if document.imprint:
        add_imprint(docx, document.imprint)
    return written(docx)


def _red_head(docx: Any, document: OfficialDocument) -> None:
    words = line(document.issuer)
    if not words:
        if document.number_line:
            add_text(docx, document.number_line, align="right", size=geo.CELL_PT)
        return
    size = geo.head_size(ems(words))
    head = {"font": XIAO_BIAO_SONG, "size": size, "line_pt": size * 1.4, "align": "center", "colour": geo.RED}
    add_text(docx, "", line_pt=geo.HEAD_TOP_MM * geo.POINTS_PER_MM)
    for part in title_lines(words, geo.BODY_WIDTH_PT / size):
        add_text(docx, part, **head)
    number = document.number_line
    if document.signer:
        row = add_text(docx, f"{number}\t签发人：", before=2 * geo.LINE_PT, left=1, right=1, tab=True)
        add_text(row, line(document.signer), font=KAI)
    else:
        add_text(docx, number, before=2 * geo.LINE_PT, align="center")
    _red_rule(docx)


def _red_rule(docx: Any) -> None:
    """4 mm below the number, as wide as the 版心 (which the number's own line is not)."""
    space = geo.HEAD_RULE_BELOW_MM * geo.POINTS_PER_MM
    row = add_text(docx, "", size=1, line_pt=space)
    add_borders(row, {"bottom": {"sz": "16", "space": "1", "color": geo.RED.lstrip("#")}})
    add_text(docx, "")
    add_text(docx, "")


def _title(docx: Any, title: str, width_pt: float = geo.BODY_WIDTH_PT) -> None:
    for words in title_lines(title, geo.title_room(width_pt)):
        add_text(
            docx, words, font=XIAO_BIAO_SONG, size=geo.TITLE_PT, line_pt=geo.TITLE_LINE_PT, align="center"
        )
    add_text(docx, "", size=geo.CELL_PT, line_pt=geo.LINE_PT / 2)


def _blocks(docx: Any, body: tuple[Block, ...], width_pt: float = geo.BODY_WIDTH_PT) -> None:
    for block in marked(body):
        if isinstance(block, Paragraph):
            font = HEADING_FONTS.get(block.level)
            for words in lines(block.text):
                add_text(docx, words, font=font, first=2, keep=bool(font), align="both")
        elif isinstance(block, Form):
            add_form(docx, block)
        elif isinstance(block, QrBlock):
            add_qr(docx, block, width_pt)
        else:
            add_table(docx, block, width_pt)


def _keep_ending(docx: Any, document: OfficialDocument) -> None:
    """No page may hold the signature alone: the last paragraph of the text goes with it."""
    if document.units and document.body and isinstance(document.body[-1], Paragraph):
        docx.paragraphs[-1].paragraph_format.keep_with_next = True


def _annex_names(docx: Any, names: tuple[str, ...]) -> None:
    for place, name in enumerate(names):
        if place:
            add_text(docx, name, left=5, keep=True)
        else:
            add_text(docx, f"附件：{name}", left=5, first=-3, before=geo.LINE_PT, keep=True)


def _signature(docx: Any, document: OfficialDocument) -> None:
    units = [words for unit in document.units if (words := line(unit))]
    if not units:
        return
    indents, day = geo.signature_indents(tuple(map(ems, units)), ems(document.day_line))
    for place, (unit, indent) in enumerate(zip(units, indents, strict=True)):
        add_text(docx, unit, align="right", right=indent, before=0 if place else 2 * geo.LINE_PT, keep=True)
    add_text(docx, document.day_line, align="right", right=day)


def _annexes(docx: Any, document: OfficialDocument) -> None:
    """Each on pages of its own, in a section of its own where the paper is turned; 版记 stands upright."""
    wide = False
    for mark, annex in document.printed_annexes:
        if annex.wide:
            turn_page(docx)
        elif wide:
            turn_page_back(docx)
        _annex(docx, mark, annex, breaks=not (annex.wide or wide))
        wide = annex.wide
    if wide and document.imprint:
        turn_page_back(docx)


def _annex(docx: Any, mark: str, annex: Annex, *, breaks: bool) -> None:
    width = geo.WIDE_WIDTH_PT if annex.wide else geo.BODY_WIDTH_PT
    first = add_text(docx, mark, font=HEADING_FONTS[1])
    if breaks:
        breaks_page(first)
    add_text(docx, "")
    _title(docx, annex.title, width)
    _blocks(docx, annex.body, width)
