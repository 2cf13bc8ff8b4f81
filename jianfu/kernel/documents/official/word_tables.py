"""Tables of a Word file: forms with boxes to sign, and plain tables with a repeated head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from jianfu.kernel.documents.qr import qr_png

from . import geometry as geo
from .content import Box, Form, QrBlock, Table
from .text import line, lines
from .word_text import HEI, add_text

EDGE = {"val": "single", "sz": "4", "space": "0", "color": "000000"}
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def add_form(docx: Any, form: Form) -> None:
    table = new_table(docx, len(form.rows), geo.FORM_SHARES, dict.fromkeys(_EDGES, EDGE))
    for row, content in zip(table.rows, form.rows, strict=True):
        cells = row.cells
        if isinstance(content, Box):
            _box(row, cells[0], cells[1].merge(cells[3]), content)
            continue
        for place, (label, words) in enumerate(content):
            wide = len(content) == 1
            _fill(cells[2 * place], [line(label)], align="center")
            _fill(cells[1].merge(cells[3]) if wide else cells[2 * place + 1], lines(words))
    _gap(docx)


def _box(row: Any, title: Any, cell: Any, box: Box) -> None:
    row.height, row.height_rule = Mm(geo.BOX_MM), WD_ROW_HEIGHT_RULE.AT_LEAST
    _fill(title, [line(box.title)], align="center")
    _fill(cell, lines(box.words) or [""])
    add_text(cell, box.signature, size=geo.CELL_PT, line_pt=0, align="right", before=geo.CELL_PT)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM


def add_table(docx: Any, content: Table, width_pt: float = geo.BODY_WIDTH_PT) -> None:
    if content.caption:
        add_text(docx, line(content.caption), size=geo.CELL_PT, keep=True)
    edges = dict.fromkeys(_EDGES, EDGE)
    table = new_table(docx, 1 + len(content.rows), content.widths, edges, width_pt)
    head, *rows = table.rows
    _row_property(head, "w:tblHeader")
    for cell, words in zip(head.cells, content.heads, strict=True):
        _fill(cell, [line(words)], align="center", size=geo.TABLE_PT, font=HEI)
    for row, texts in zip(rows, content.rows, strict=True):
        for cell, words in zip(row.cells, texts, strict=True):
            _fill(cell, lines(words), size=geo.TABLE_PT)
    _gap(docx)


def add_qr(docx: Any, block: QrBlock, width_pt: float = geo.BODY_WIDTH_PT) -> None:
    """The picture beside its words, in a table without lines: it stays where it is put."""
    shares = geo.QR_SHARES if block.url else (1.0,)
    cells = new_table(docx, 1, shares, {}, width_pt).rows[0].cells
    if block.url:
        _fill(cells[0], [])
        cells[0].paragraphs[0].add_run().add_picture(BytesIO(qr_png(block.url)), width=Mm(geo.QR_MM))
    _fill(cells[-1], [line(words) for words in block.words])
    _gap(docx)


def new_table(
    docx: Any,
    rows: int,
    shares: Sequence[float],
    edges: Mapping[str, Mapping[str, str]],
    width_pt: float = geo.BODY_WIDTH_PT,
) -> Any:
    """A table of fixed widths as wide as the 版心, none of its rows broken by a page's end."""
    table = docx.add_table(rows, len(shares))
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER  # else Word moves it out by the padding of a cell
    widths = [Pt(int(share * width_pt * 20) / 20) for share in shares]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    borders = OxmlElement("w:tblBorders")
    for name, values in edges.items():
        edge = OxmlElement(f"w:{name}")
        for key, value in values.items():
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    table._element.tblPr.append(borders)
    _narrow_margins(table)
    for row in table.rows:
        _row_property(row, "w:cantSplit")
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return table


def _narrow_margins(table: Any) -> None:
    """A millimetre beside the words of a cell, as in the PDF; Word's own take two, and a label breaks."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "57")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    look = table._element.tblPr.find(qn("w:tblLook"))
    (table._element.tblPr.append if look is None else look.addprevious)(margins)


def _row_property(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _fill(
    cell: Any,
    texts: Sequence[str],
    *,
    align: str = "left",
    size: float = geo.CELL_PT,
    font: str | None = None,
) -> None:
    """The paragraphs of a cell; the format asks for at least one."""
    for old in cell.paragraphs:
        cell._element.remove(old._element)
    for words in texts or [""]:
        add_text(cell, words, font=font, size=size, align=align, line_pt=0)


def _gap(docx: Any) -> None:
    """Between two tables, which would otherwise grow together; and the body must not end with a table."""
    add_text(docx, "", size=geo.TABLE_PT, line_pt=geo.TABLE_PT)
